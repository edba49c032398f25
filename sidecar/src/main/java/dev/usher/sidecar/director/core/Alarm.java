package dev.usher.sidecar.director.core;

import dev.usher.sidecar.time.Timers;
import org.jspecify.annotations.Nullable;

/** One timer for the whole director, set to the earliest deadline that it was told of. [S] */
final class Alarm {
  private final Timers timers;
  private final Runnable ring;
  private Timers.@Nullable Timer timer;
  private long setForNanos;

  /**
   * @param ring runs on a timer thread when the deadline has passed; must call {@link #onRing} on
   *     the strand
   */
  Alarm(Timers timers, Runnable ring) {
    this.timers = timers;
    this.ring = ring;
  }

  void wakeAt(long deadlineNanos, long nowNanos) {
    if (timer != null) {
      if (deadlineNanos - setForNanos >= 0) {
        return;
      }
      timer.cancel();
    }
    setForNanos = deadlineNanos;
    timer = timers.after(deadlineNanos - nowNanos, ring);
  }

  void onRing() {
    timer = null;
  }

  void stop() {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }
}
