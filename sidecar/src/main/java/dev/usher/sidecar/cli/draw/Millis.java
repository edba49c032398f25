package dev.usher.sidecar.cli.draw;

import java.util.Locale;

/** Times for people: {@code 0.4 ms}, {@code 31 ms}, {@code 12.3 s}. */
public final class Millis {
  private static final double TENTHS_BELOW = 9.95;
  private static final double SECONDS_FROM = 9_999.5;

  private Millis() {}

  public static String text(long nanos) {
    double millis = nanos / 1e6;
    if (millis < TENTHS_BELOW) {
      return String.format(Locale.ROOT, "%.1f ms", millis);
    }
    return millis < SECONDS_FROM
        ? String.format(Locale.ROOT, "%.0f ms", millis)
        : String.format(Locale.ROOT, "%.1f s", millis / 1e3);
  }
}
