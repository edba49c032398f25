package dev.usher.unit;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes in bytes written with their unit: {@code 512B}, {@code 64KiB}, {@code 256MiB}. */
public final class Sizes {
  public static final String WANTED = "a size with its unit, such as 512B, 64KiB, 256MiB or 1GiB";

  private static final Pattern SYNTAX = Pattern.compile("(\\d{1,9})(B|KiB|MiB|GiB|TiB)");
  private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB"};

  private Sizes() {}

  /**
   * Reads {@code 64KiB}.
   *
   * @throws InvalidValue naming {@code field} if {@code text} has no unit or another one
   */
  public static long parseBytes(String field, String text) {
    Matcher matcher = SYNTAX.matcher(text);
    if (matcher.matches()) {
      for (int power = 0; power < UNITS.length; power++) {
        if (UNITS[power].equals(matcher.group(2))) {
          return Long.parseLong(matcher.group(1)) << (10 * power);
        }
      }
    }
    throw InvalidValue.of(field, WANTED, text);
  }

  /** The shortest text that {@link #parseBytes} reads back as the same number. */
  public static String text(long bytes) {
    int power = 0;
    long number = bytes;
    while (number != 0 && number % 1024 == 0 && power < UNITS.length - 1) {
      number /= 1024;
      power++;
    }
    return number + UNITS[power];
  }
}
