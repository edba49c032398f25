package dev.usher.sidecar.director.core;

import dev.usher.sidecar.backend.Target;
import dev.usher.sidecar.backend.check.HealthCheckSpec;
import dev.usher.sidecar.backend.check.HealthMode;
import dev.usher.sidecar.director.admission.Outcome;
import dev.usher.sidecar.health.HealthState;

/** A backend as {@link DirectorModel} expects it. */
final class ModelSlot {
  final String name;
  Target url;
  HealthCheckSpec rules;
  HealthState state;
  boolean leaving;
  int inFlight;

  /** Whether a probe keeps one unit of its capacity. */
  boolean held;

  /** Another one whenever it has become another one, has come back or is watched no more. */
  int epoch;

  /** Another one whenever the answer of a probe that is under way has come to mean nothing. */
  int turn;

  private int goodInRow;
  private int failuresInRow;
  private int errorsInRow;

  ModelSlot(String name, Target url, HealthCheckSpec rules) {
    this.name = name;
    this.url = url;
    this.rules = rules;
    this.state = stateOfUnknown();
  }

  private HealthState stateOfUnknown() {
    return rules.mode() == HealthMode.PARANOID ? HealthState.UNKNOWN : HealthState.ONLINE;
  }

  void update(Target nextUrl, HealthCheckSpec nextRules) {
    HealthMode before = rules.mode();
    rules = nextRules;
    if (leaving || !url.equals(nextUrl)) {
      leaving = false;
      url = nextUrl;
      forget();
      enter(stateOfUnknown());
    } else if (before != rules.mode()) {
      if (state == HealthState.UNKNOWN) {
        enter(HealthState.ONLINE);
      }
      turn += state == HealthState.ONLINE && rules.mode() == HealthMode.LAZY ? 1 : 0;
    }
  }

  void leave() {
    leaving = true;
    forget();
  }

  void forget() {
    epoch++;
    turn++;
    held = false;
    clear();
  }

  private void enter(HealthState next) {
    state = next;
    clear();
  }

  private void clear() {
    goodInRow = 0;
    failuresInRow = 0;
    errorsInRow = 0;
  }

  boolean isOnline() {
    return state == HealthState.ONLINE;
  }

  /** Whether it is to be probed. */
  boolean isProbed() {
    return !leaving && (!isOnline() || rules.mode() != HealthMode.LAZY);
  }

  boolean holdsWhileProbed() {
    return isOnline() && rules.mode() == HealthMode.OPPORTUNISTIC;
  }

  /** A request ended so; whether that took it offline. */
  boolean onRequest(Outcome outcome) {
    return switch (outcome) {
      case SERVED -> succeed();
      case SERVER_ERROR -> rules.count5xx() ? err() : succeed();
      case CONNECT_FAILED, RESET -> fail();
      case BROKEN, TIMED_OUT, DEADLINE, CLIENT_GONE -> false;
    };
  }

  private boolean succeed() {
    failuresInRow = 0;
    errorsInRow = 0;
    return false;
  }

  private boolean fail() {
    return isOnline() && ++failuresInRow >= rules.fall() && goOffline();
  }

  private boolean err() {
    return isOnline() && ++errorsInRow >= rules.fall5xx() && goOffline();
  }

  private boolean goOffline() {
    turn++;
    enter(HealthState.OFFLINE);
    return true;
  }

  /** A probe was answered that means something; whether that took it offline. */
  boolean onProbe(boolean good) {
    switch (state) {
      case ONLINE -> {
        return good ? succeed() : fail();
      }
      case UNKNOWN -> enter(good ? HealthState.ONLINE : HealthState.OFFLINE);
      case OFFLINE -> {
        goodInRow = good ? goodInRow + 1 : 0;
        if (goodInRow == rules.successThreshold()) {
          epoch++;
          enter(HealthState.ONLINE);
        }
      }
    }
    return false;
  }
}
