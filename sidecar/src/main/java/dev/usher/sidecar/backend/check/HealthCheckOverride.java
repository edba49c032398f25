package dev.usher.sidecar.backend.check;

import dev.usher.unit.InvalidValue;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one backend says otherwise than its director's {@link HealthCheckSpec}; null where it says
 * nothing. Each value is right with the defaults; whether it is with the director's, {@link #over}
 * knows.
 *
 * @param match the empty text is no match at all
 */
public record HealthCheckOverride(
    @Nullable HealthMode mode,
    @Nullable ProbeKind kind,
    @Nullable String method,
    @Nullable String path,
    @Nullable String host,
    @Nullable List<Integer> expect,
    @Nullable String match,
    @Nullable Duration interval,
    @Nullable Duration timeout,
    @Nullable Integer successThreshold,
    @Nullable Integer fall,
    @Nullable Boolean count5xx,
    @Nullable Integer fall5xx) {

  /** Says nothing. */
  public static final HealthCheckOverride NONE = new HealthCheckEditor().override();

  public HealthCheckOverride {
    expect = expect == null ? null : List.copyOf(expect);
    HealthCheckSpec below = HealthCheckSpec.DEFAULT;
    HealthCheckSpec unused =
        new HealthCheckSpec(
            below.mode(),
            below.kind(),
            or(method, below.method()),
            or(path, below.path()),
            or(host, below.host()),
            or(expect, below.expect()),
            match,
            or(interval, below.interval()),
            or(timeout, below.timeout()),
            or(successThreshold, below.successThreshold()),
            or(fall, below.fall()),
            below.count5xx(),
            or(fall5xx, below.fall5xx()));
  }

  /** Whether it says nothing. */
  public boolean isNone() {
    return equals(NONE);
  }

  /**
   * The whole that holds for the backend.
   *
   * @throws InvalidValue that names one of the keys said here, if it does not fit {@code below}
   */
  public HealthCheckSpec over(HealthCheckSpec below) {
    if (isNone()) {
      return below;
    }
    checkBody(below);
    return new HealthCheckSpec(
        or(mode, below.mode()),
        or(kind, below.kind()),
        or(method, below.method()),
        or(path, below.path()),
        or(host, below.host()),
        or(expect, below.expect()),
        match == null ? below.match() : match,
        or(interval, below.interval()),
        or(timeout, below.timeout()),
        or(successThreshold, below.successThreshold()),
        or(fall, below.fall()),
        or(count5xx, below.count5xx()),
        or(fall5xx, below.fall5xx()));
  }

  /** The only values that may contradict each other; what is wrong is what is said here. */
  private void checkBody(HealthCheckSpec below) {
    if (match == null && method != null && below.match() != null) {
      if (!HealthCheckSpec.hasBody(method)) {
        String wanted = "a method that gets a body, since 'match' holds here";
        throw InvalidValue.impossible("method", wanted, method);
      }
    }
  }

  private static <T> T or(@Nullable T said, T below) {
    return said == null ? below : said;
  }
}
