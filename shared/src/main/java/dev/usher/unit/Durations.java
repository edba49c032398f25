package dev.usher.unit;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations written with their unit: {@code 250ms}, {@code 10s}, {@code 2m}, {@code 1h}. */
public final class Durations {
  public static final String WANTED = "a duration with its unit, such as 250ms, 10s, 2m or 1h";

  private static final Pattern SYNTAX = Pattern.compile("(\\d{1,12})(ms|s|m|h|d)");
  private static final Map<String, Long> MILLIS =
      Map.of("ms", 1L, "s", 1_000L, "m", 60_000L, "h", 3_600_000L, "d", 86_400_000L);
  private static final Duration LONGEST = Duration.ofDays(365);

  private Durations() {}

  /**
   * Reads {@code 250ms}.
   *
   * @throws InvalidValue naming {@code field} if {@code text} has no unit, another one, or is
   *     longer than a year
   */
  public static Duration parse(String field, String text) {
    Matcher matcher = SYNTAX.matcher(text);
    if (matcher.matches()) {
      long factor = MILLIS.getOrDefault(matcher.group(2), 0L);
      Duration duration =
          Duration.ofMillis(Math.multiplyExact(Long.parseLong(matcher.group(1)), factor));
      if (duration.compareTo(LONGEST) <= 0) {
        return duration;
      }
    }
    throw InvalidValue.of(field, WANTED, text);
  }

  /** The shortest text that {@link #parse} reads back as the same number of milliseconds. */
  public static String text(Duration duration) {
    long millis = duration.toMillis();
    if (millis == 0) {
      return "0s";
    }
    for (String unit : new String[] {"h", "m", "s"}) {
      long factor = MILLIS.getOrDefault(unit, 1L);
      if (millis % factor == 0) {
        return millis / factor + unit;
      }
    }
    return millis + "ms";
  }
}
