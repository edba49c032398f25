package dev.usher.sidecar.director.core;

import dev.usher.sidecar.backend.Target;

/** A backend as {@link DirectorModel} expects it. */
final class ModelSlot {
  private static final int SUCCESS_THRESHOLD = 2;

  final String name;
  Target url;
  boolean online = true;
  boolean leaving;
  int inFlight;

  /** Another one whenever it has become another one, has come back or is watched no more. */
  int epoch;

  private int goodInRow;

  ModelSlot(String name, Target url) {
    this.name = name;
    this.url = url;
  }

  void update(Target nextUrl) {
    if (leaving || !url.equals(nextUrl)) {
      leaving = false;
      url = nextUrl;
      online = true;
      forget();
    }
  }

  void leave() {
    leaving = true;
    forget();
  }

  void forget() {
    epoch++;
    goodInRow = 0;
  }

  /** Whether that took it offline. */
  boolean fail(int epochOfGrant) {
    boolean counts = epochOfGrant == epoch && online;
    online &= !counts;
    return counts;
  }

  void onProbe(int epochOfProbe, boolean good) {
    if (epochOfProbe == epoch) {
      goodInRow = good ? goodInRow + 1 : 0;
      if (goodInRow == SUCCESS_THRESHOLD) {
        online = true;
        forget();
      }
    }
  }
}
