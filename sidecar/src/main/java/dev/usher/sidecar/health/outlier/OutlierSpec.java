package dev.usher.sidecar.health.outlier;

import dev.usher.unit.IntRange;
import dev.usher.unit.InvalidValue;
import dev.usher.unit.Share;
import java.time.Duration;

/**
 * When a backend is an outlier and how long it is taken out then.
 *
 * @param enabled whether anybody is judged at all
 * @param consecutiveFailures failures in a row that suffice; 0 for none
 * @param failureRate part of the window's requests that suffices, with {@code minRequests} of them;
 *     0 % for none
 * @param latencyFactor how many times the median of its peers a backend may take to its answer, in
 *     the mean over the window; 0 for any
 * @param minRequests fewest requests in the window that tell anything of rate and latency
 * @param window what is looked back on, in ten steps; at least 100 ms
 * @param ejectionTime how long a backend is out the first time, at least 1 ms; doubled each time
 * @param maxEjectionTime most of it; after being in for so long the doubling begins anew
 * @param minCapacity part of the capacity of all enabled backends that stays, whatever they do
 */
public record OutlierSpec(
    boolean enabled,
    int consecutiveFailures,
    Share.Percent failureRate,
    int latencyFactor,
    int minRequests,
    Duration window,
    Duration ejectionTime,
    Duration maxEjectionTime,
    Share.Percent minCapacity) {
  public static final IntRange CONSECUTIVE_FAILURES = new IntRange(0, 1_000_000);
  public static final IntRange LATENCY_FACTOR = new IntRange(0, 1_000);
  public static final IntRange MIN_REQUESTS = new IntRange(1, 1_000_000);
  private static final Duration SHORTEST_WINDOW = Duration.ofMillis(100);
  private static final Duration SHORTEST_TIME = Duration.ofMillis(1);

  public static final OutlierSpec DEFAULT =
      new OutlierSpec(
          false,
          5,
          Share.parsePercent("failure-rate", "50%"),
          5,
          20,
          Duration.ofSeconds(10),
          Duration.ofSeconds(1),
          Duration.ofSeconds(60),
          Share.parsePercent("min-capacity", "50%"));

  public OutlierSpec {
    CONSECUTIVE_FAILURES.check("consecutive-failures", consecutiveFailures);
    LATENCY_FACTOR.check("latency-factor", latencyFactor);
    MIN_REQUESTS.check("min-requests", minRequests);
    atLeast("window", SHORTEST_WINDOW, window);
    atLeast("ejection-time", SHORTEST_TIME, ejectionTime);
    atLeast("max-ejection-time", ejectionTime, maxEjectionTime);
  }

  private static void atLeast(String field, Duration least, Duration value) {
    if (value.compareTo(least) < 0) {
      throw InvalidValue.of(field, "at least " + least.toMillis() + "ms", value.toMillis() + "ms");
    }
  }

  /** How long a backend is out that is taken out so often in a row, 1 for the first time. */
  Duration time(int often) {
    Duration time = ejectionTime;
    for (int i = 1; i < often && time.compareTo(maxEjectionTime) < 0; i++) {
      time = time.multipliedBy(2);
    }
    return time.compareTo(maxEjectionTime) < 0 ? time : maxEjectionTime;
  }
}
