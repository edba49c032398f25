package dev.usher.it.harness;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;

/** Waiting for a condition, never for time. */
public final class Await {
  /** How long anything that should happen soon may take on a busy machine. */
  public static final Duration DEADLINE = Duration.ofSeconds(15);

  private static final Duration POLL = Duration.ofMillis(3);

  private Await() {}

  /** Waits until {@code condition} holds, and fails with {@code what} after {@link #DEADLINE}. */
  public static void until(String what, Callable<Boolean> condition) {
    until(what, DEADLINE, condition);
  }

  /** Waits until {@code condition} holds, and fails with {@code what} after {@code deadline}. */
  public static void until(String what, Duration deadline, Callable<Boolean> condition) {
    Awaitility.await(what)
        .pollDelay(Duration.ZERO)
        .pollInterval(POLL)
        .atMost(deadline)
        .until(condition);
  }

  /** Checks that {@code condition} holds at every look for {@code span}. */
  public static void holds(String what, Duration span, Callable<Boolean> condition) {
    Awaitility.await(what)
        .pollDelay(Duration.ZERO)
        .pollInterval(POLL)
        .during(span)
        .atMost(span.plus(DEADLINE))
        .until(condition);
  }
}
