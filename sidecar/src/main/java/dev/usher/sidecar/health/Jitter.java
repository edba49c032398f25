package dev.usher.sidecar.health;

import dev.usher.sidecar.time.Dice;
import java.time.Duration;

/** Delays with some chance in them, so that many backends are not probed in step. [any] */
public final class Jitter {
  /** Sides of the dice: one side more is 1/10 000 of the interval more. */
  public static final int SIDES = 2_001;

  private static final int LEAST = 9_000;
  private static final int WHOLE = 10_000;

  /** The longest wait for a first probe, in nanoseconds. */
  private static final long LONGEST_SOON = Duration.ofMillis(100).toNanos();

  private static final int SOONER_THAN_INTERVAL = 20;

  private final Dice dice;

  public Jitter(Dice dice) {
    this.dice = dice;
  }

  /** {@code interval} times 0.9 to 1.1, in nanoseconds. */
  public long about(Duration interval) {
    return interval.toNanos() / WHOLE * (LEAST + dice.below(SIDES));
  }

  /** From 0 to a twentieth of {@code interval}, 100 ms at most; in nanoseconds. */
  long soon(Duration interval) {
    long most = Math.min(interval.toNanos() / SOONER_THAN_INTERVAL, LONGEST_SOON);
    return most / (SIDES - 1) * dice.below(SIDES);
  }
}
