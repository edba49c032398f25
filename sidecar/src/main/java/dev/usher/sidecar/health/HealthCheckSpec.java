package dev.usher.sidecar.health;

import dev.usher.unit.IntRange;
import dev.usher.unit.InvalidValue;
import java.time.Duration;
import java.util.List;

/**
 * How backends are probed. Until the HTTP monitors come, a probe is a TCP connect and {@code path},
 * {@code host} and {@code expect} are kept without effect.
 *
 * @param interval time between two probes of one backend, at least 10 ms
 * @param timeout how long a probe may take, at least 1 ms
 * @param successThreshold good probes in a row that bring a backend back, 1 to 1 000
 * @param expect status codes of a good probe, 100 to 599
 */
public record HealthCheckSpec(
    HealthMode mode,
    String path,
    String host,
    Duration interval,
    Duration timeout,
    int successThreshold,
    List<Integer> expect) {
  public static final IntRange SUCCESS_THRESHOLD = new IntRange(1, 1_000);
  public static final IntRange STATUS = new IntRange(100, 599);

  public static final HealthCheckSpec DEFAULT =
      new HealthCheckSpec(
          HealthMode.LAZY,
          "/",
          "healthcheck",
          Duration.ofSeconds(2),
          Duration.ofSeconds(1),
          2,
          List.of(200, 204));

  public HealthCheckSpec {
    if (!path.matches("/[\\x21-\\x7e]*")) {
      throw InvalidValue.of("path", "a path that starts with '/', in visible ASCII", path);
    }
    if (!host.matches("[\\x21-\\x7e]+")) {
      throw InvalidValue.of("host", "a host name, in visible ASCII", host);
    }
    if (interval.toMillis() < 10) {
      throw InvalidValue.of("interval", "at least 10ms", interval.toMillis() + "ms");
    }
    if (timeout.toMillis() < 1) {
      throw InvalidValue.of("timeout", "at least 1ms", timeout.toMillis() + "ms");
    }
    SUCCESS_THRESHOLD.check("success-threshold", successThreshold);
    if (expect.isEmpty()) {
      throw InvalidValue.of("expect", "at least one status code", "none");
    }
    expect.forEach(status -> STATUS.check("expect", status));
    expect = List.copyOf(expect);
  }
}
