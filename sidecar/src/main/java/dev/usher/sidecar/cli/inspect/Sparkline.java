package dev.usher.sidecar.cli.inspect;

import java.util.List;

/** Numbers as a row of bars, the highest as high as a line. */
final class Sparkline {
  private static final String BARS = "▁▂▃▄▅▆▇█";
  private static final char NONE = '·';

  private Sparkline() {}

  static String of(List<Integer> numbers) {
    int max = numbers.stream().mapToInt(Integer::intValue).max().orElse(0);
    StringBuilder line = new StringBuilder();
    for (int number : numbers) {
      line.append(
          number <= 0
              ? NONE
              : BARS.charAt((int) (((long) number * (BARS.length() - 1) + max - 1) / max)));
    }
    return line.toString();
  }
}
