package dev.usher.unit;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes in bytes written with their unit: {@code 512B}, {@code 64KiB}, {@code 256MiB}. */
public final class Sizes {
  public static final String WANTED =
      "a size with its unit, such as 512B, 64KiB, 256MiB or 1GiB (at most 1024TiB)";

  private static final Pattern SYNTAX = Pattern.compile("(0|[1-9]\\d{0,15})(B|KiB|MiB|GiB|TiB)");
  private static final List<String> UNITS = List.of("B", "KiB", "MiB", "GiB", "TiB");
  private static final long LARGEST = 1L << 50;

  private Sizes() {}

  /**
   * Reads {@code 64KiB}.
   *
   * @throws InvalidValue naming {@code field} if {@code text} has no unit, another one, leading
   *     zeros, or is more than 1024TiB
   */
  public static long parseBytes(String field, String text) {
    Matcher matcher = SYNTAX.matcher(text);
    if (matcher.matches()) {
      int shift = 10 * UNITS.indexOf(matcher.group(2));
      long count = Long.parseLong(matcher.group(1));
      if (count <= LARGEST >> shift) {
        return count << shift;
      }
    }
    throw InvalidValue.of(field, WANTED, text);
  }

  /**
   * The text with the largest unit that {@link #parseBytes} reads back as the same number.
   *
   * @param bytes 0 to 1024TiB
   */
  public static String text(long bytes) {
    int power = 0;
    long number = bytes;
    while (number != 0 && number % 1024 == 0 && power < UNITS.size() - 1) {
      number /= 1024;
      power++;
    }
    return number + UNITS.get(power);
  }
}
