package dev.usher.sidecar.director.ondemand;

import dev.usher.unit.Durations;
import dev.usher.unit.IntRange;
import dev.usher.unit.InvalidValue;
import java.time.Duration;

/**
 * Directors that are made at the first request for a host and port.
 *
 * @param limit how many there may be at a time, 1 to 1 000 000
 * @param idle how long one stays to which no request comes, at least a second
 */
public record OnDemandSpec(Template template, int limit, Duration idle) {
  public static final IntRange LIMIT = new IntRange(1, 1_000_000);
  public static final int DEFAULT_LIMIT = 10_000;
  public static final Duration DEFAULT_IDLE = Duration.ofHours(1);

  private static final Duration SHORTEST = Duration.ofSeconds(1);

  public OnDemandSpec {
    LIMIT.check("limit", limit);
    if (idle.compareTo(SHORTEST) < 0) {
      throw InvalidValue.of("idle", "at least 1s", Durations.text(idle));
    }
  }
}
