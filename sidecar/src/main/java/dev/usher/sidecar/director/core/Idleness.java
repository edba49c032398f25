package dev.usher.sidecar.director.core;

/**
 * How long no request has been at a director, as far as that shows to who looks now and then: it
 * begins when somebody looks and nothing has happened since the look before. [S]
 */
final class Idleness {
  private static final long NEVER = -1;

  private final DirectorMeters meters;
  private long arrivals = NEVER;
  private boolean idle;
  private long sinceNanos;

  Idleness(DirectorMeters meters) {
    this.meters = meters;
  }

  /** Whether it has lasted for {@code idleNanos}; false at the first look. */
  boolean hasLasted(long idleNanos, long nowNanos) {
    long before = arrivals;
    arrivals = meters.arrivals();
    if (meters.isBusy() || arrivals != before) {
      idle = false;
      return false;
    }
    if (!idle) {
      idle = true;
      sinceNanos = nowNanos;
    }
    return nowNanos - sinceNanos >= idleNanos;
  }
}
