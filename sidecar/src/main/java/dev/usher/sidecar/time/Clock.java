package dev.usher.sidecar.time;

/** Where time comes from. [any] */
public interface Clock {
  /** Monotonic nanoseconds; compare by difference only. */
  long nanos();

  /** Milliseconds since the epoch, for people; never for deadlines. */
  long epochMillis();
}
