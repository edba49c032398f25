package dev.usher.sidecar.health;

import dev.usher.sidecar.backend.Backend;

/** Whether a backend has been idle for long enough, and the unit that its probe then holds. [S] */
final class IdleUnit {
  private final Backend backend;

  /** When a request began or ended there last; monotonic. */
  private long busyNanos;

  private boolean held;

  IdleUnit(Backend backend, long nowNanos) {
    this.backend = backend;
    this.busyNanos = nowNanos;
  }

  void onRequest(long nowNanos) {
    busyNanos = nowNanos;
  }

  /** How much longer it must be idle to have been so for {@code idleNanos}; 0 or less is none. */
  long missing(long idleNanos, long nowNanos) {
    return busyNanos + idleNanos - nowNanos;
  }

  /** Holds a unit of the backend's capacity if one is free; says whether it does. */
  boolean hold() {
    held = backend.hold();
    return held;
  }

  /** Lets the unit go, if it is held. */
  void letGo() {
    if (held) {
      held = false;
      backend.letGo();
    }
  }
}
