package dev.usher.unit;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations written with their unit: {@code 250ms}, {@code 10s}, {@code 2m}, {@code 1h}. */
public final class Durations {
  public static final String WANTED =
      "a duration with its unit, such as 250ms, 10s, 2m or 1h (at most 365d)";

  private static final Pattern SYNTAX = Pattern.compile("(0|[1-9]\\d{0,11})(ms|s|m|h|d)");
  private static final Map<String, Long> MILLIS =
      Map.of("ms", 1L, "s", 1_000L, "m", 60_000L, "h", 3_600_000L, "d", 86_400_000L);
  private static final Duration LONGEST = Duration.ofDays(365);
  private static final List<String> LONG_UNITS = List.of("d", "h", "m", "s");

  private Durations() {}

  /**
   * Reads {@code 250ms}.
   *
   * @throws InvalidValue naming {@code field} if {@code text} has no unit, another one, leading
   *     zeros, or is longer than 365 days
   */
  public static Duration parse(String field, String text) {
    Matcher matcher = SYNTAX.matcher(text);
    if (matcher.matches()) {
      long factor = MILLIS.getOrDefault(matcher.group(2), 1L);
      long count = Long.parseLong(matcher.group(1));
      if (count <= LONGEST.toMillis() / factor) {
        return Duration.ofMillis(count * factor);
      }
    }
    throw InvalidValue.of(field, WANTED, text);
  }

  /**
   * The text with the largest unit that {@link #parse} reads back as the same.
   *
   * @param duration 0 to 365 days, of which whole milliseconds count
   */
  public static String text(Duration duration) {
    long millis = duration.toMillis();
    if (millis == 0) {
      return "0s";
    }
    for (String unit : LONG_UNITS) {
      long factor = MILLIS.getOrDefault(unit, 1L);
      if (millis % factor == 0) {
        return millis / factor + unit;
      }
    }
    return millis + "ms";
  }
}
