package dev.usher.sidecar.director.registry;

import dev.usher.sidecar.time.Timers;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * One timer for all directors that may be idle, none while there are none. A round is a tenth of
 * the time that they may be idle, a minute at most; one that has been idle for so long is noticed
 * one to three rounds later. [any]
 */
final class IdleRounds {
  private static final int ROUNDS = 10;
  private static final Duration LONGEST = Duration.ofMinutes(1);

  private final long everyNanos;
  private final Timers timers;
  private final BooleanSupplier isNeeded;
  private final Runnable round;
  private final AtomicBoolean going = new AtomicBoolean();

  IdleRounds(Duration idle, Timers timers, BooleanSupplier isNeeded, Runnable round) {
    this.everyNanos = Math.min(idle.toNanos() / ROUNDS, LONGEST.toNanos());
    this.timers = timers;
    this.isNeeded = isNeeded;
    this.round = round;
  }

  /** There is a director now. */
  void begin() {
    if (!going.get() && going.compareAndSet(false, true)) {
      later();
    }
  }

  private void later() {
    timers.after(everyNanos, this::go);
  }

  private void go() {
    round.run();
    if (isNeeded.getAsBoolean()) {
      later();
      return;
    }
    going.set(false);
    // Whoever came just before that saw us going.
    if (isNeeded.getAsBoolean()) {
      begin();
    }
  }
}
