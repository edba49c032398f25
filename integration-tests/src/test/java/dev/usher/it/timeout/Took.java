package dev.usher.it.timeout;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

/** Time that a timeout took to fire. */
final class Took {
  /** A tick of 50 ms, and a busy machine. */
  private static final Duration SLACK = Duration.ofSeconds(3);

  private final long startNanos = System.nanoTime();

  private Took() {}

  static Took fromNow() {
    return new Took();
  }

  /** Checks that it was not shorter than {@code millis} and not much longer. */
  void atLeastMillis(long millis) {
    Duration least = Duration.ofMillis(millis);
    assertThat(Duration.ofNanos(System.nanoTime() - startNanos))
        .isBetween(least, least.plus(SLACK));
  }
}
