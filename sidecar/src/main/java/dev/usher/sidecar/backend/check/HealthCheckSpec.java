package dev.usher.sidecar.backend.check;

import dev.usher.unit.Durations;
import dev.usher.unit.IntRange;
import dev.usher.unit.InvalidValue;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a backend is probed, and what takes it offline and back.
 *
 * @param method of an HTTP probe: a token (RFC 9110, section 5.6.2) of at most 32 letters
 * @param path of an HTTP probe, with its query
 * @param host what an HTTP probe says in Host
 * @param expect status codes of a good HTTP probe, 200 to 599: 1xx are no answers yet
 * @param match text that the body of a good HTTP probe contains, 1 to 1 024 bytes of UTF-8; null is
 *     any body; the empty text is read as null
 * @param interval time between two probes of one backend, 10 ms to a day
 * @param timeout how long a probe may take, 1 ms to 5 minutes: it has one of few places so long
 * @param successThreshold good probes in a row that bring a backend back, 1 to 1 000 (HAProxy's
 *     {@code rise})
 * @param fall failed requests and bad probes in a row that take a backend offline, 1 to 1 000
 * @param count5xx whether answers with a status of 500 to 599 are failures too
 * @param fall5xx such answers in a row that take a backend offline, 1 to 1 000
 */
public record HealthCheckSpec(
    HealthMode mode,
    ProbeKind kind,
    String method,
    String path,
    String host,
    List<Integer> expect,
    @Nullable String match,
    Duration interval,
    Duration timeout,
    int successThreshold,
    int fall,
    boolean count5xx,
    int fall5xx) {
  public static final IntRange SUCCESS_THRESHOLD = new IntRange(1, 1_000);
  public static final IntRange FALL = new IntRange(1, 1_000);
  public static final IntRange STATUS = new IntRange(200, 599);
  public static final Duration LEAST_INTERVAL = Duration.ofMillis(10);
  public static final Duration MOST_INTERVAL = Duration.ofDays(1);
  public static final Duration LEAST_TIMEOUT = Duration.ofMillis(1);
  public static final Duration MOST_TIMEOUT = Duration.ofMinutes(5);
  public static final int MOST_MATCH_BYTES = 1_024;
  public static final String METHOD_WANTED = "a method such as GET or HEAD, but not CONNECT";
  public static final String MATCH_WANTED = "a text of at most 1KiB";

  /** A tunnel is no way to ask. */
  private static final Pattern METHOD =
      Pattern.compile("(?!CONNECT$)[A-Za-z0-9!#$%&'*+.^_`|~-]{1,32}");

  private static final String HEAD = "HEAD";

  public static final HealthCheckSpec DEFAULT =
      new HealthCheckSpec(
          HealthMode.LAZY,
          ProbeKind.HTTP,
          "GET",
          "/",
          "healthcheck",
          List.of(200, 204),
          null,
          Duration.ofSeconds(2),
          Duration.ofSeconds(1),
          2,
          1,
          false,
          3);

  public HealthCheckSpec {
    if (!METHOD.matcher(method).matches()) {
      throw InvalidValue.of("method", METHOD_WANTED, method);
    }
    if (!path.matches("/[\\x21-\\x7e]*")) {
      throw InvalidValue.of("path", "a path that starts with '/', in visible ASCII", path);
    }
    if (!host.matches("[\\x21-\\x7e]+")) {
      throw InvalidValue.of("host", "a host name, in visible ASCII", host);
    }
    expect = List.copyOf(expect);
    checkExpect(expect);
    match = match != null && match.isEmpty() ? null : match;
    checkMatch(match, method);
    checkTime("interval", interval, LEAST_INTERVAL, MOST_INTERVAL);
    checkTime("timeout", timeout, LEAST_TIMEOUT, MOST_TIMEOUT);
    SUCCESS_THRESHOLD.check("success-threshold", successThreshold);
    FALL.check("fall", fall);
    FALL.check("fall-5xx", fall5xx);
  }

  private static void checkTime(String field, Duration time, Duration least, Duration most) {
    if (time.compareTo(least) < 0 || time.compareTo(most) > 0) {
      String wanted = "%s to %s".formatted(Durations.text(least), Durations.text(most));
      throw InvalidValue.of(field, wanted, time.toMillis() + "ms");
    }
  }

  private static void checkExpect(List<Integer> expect) {
    if (expect.isEmpty()) {
      throw InvalidValue.of("expect", "at least one status code", "none");
    }
    expect.forEach(status -> STATUS.check("expect", status));
  }

  private static void checkMatch(@Nullable String match, String method) {
    if (match == null) {
      return;
    }
    int bytes = match.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > MOST_MATCH_BYTES) {
      throw InvalidValue.of("match", MATCH_WANTED, bytes + " bytes");
    }
    if (!hasBody(method)) {
      throw InvalidValue.impossible("match", "none with method HEAD, which gets no body", match);
    }
  }

  /** Whether answers to {@code method} may have a body. */
  static boolean hasBody(String method) {
    return !method.equals(HEAD);
  }

  /** Whether a probe by {@code other} asks the same and judges the answer alike. */
  public boolean asksAs(HealthCheckSpec other) {
    return kind == other.kind
        && method.equals(other.method)
        && path.equals(other.path)
        && host.equals(other.host)
        && expect.equals(other.expect)
        && Objects.equals(match, other.match)
        && timeout.equals(other.timeout);
  }

  /** Changes some of these. */
  public HealthCheckEditor edit() {
    return new HealthCheckEditor(this);
  }
}
