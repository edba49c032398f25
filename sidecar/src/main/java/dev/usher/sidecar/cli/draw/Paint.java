package dev.usher.sidecar.cli.draw;

/**
 * Colours for a bar: one for each bucket, bright what is assured, plain what is borrowed, dim what
 * is free. ECMA-48 (SGR) sequences; the letters say the same without them.
 */
final class Paint {
  private static final int[] COLOURS = {36, 33, 32, 35, 34, 31};
  private static final String RESET = "\u001b[0m";

  private final Letters letters;

  Paint(Letters letters) {
    this.letters = letters;
  }

  String paint(String bar) {
    StringBuilder painted = new StringBuilder();
    int from = 0;
    for (int at = 1; at <= bar.length(); at++) {
      if (at == bar.length() || bar.charAt(at) != bar.charAt(from)) {
        painted.append(code(bar.charAt(from))).append(bar, from, at).append(RESET);
        from = at;
      }
    }
    return painted.toString();
  }

  private String code(char glyph) {
    int order = letters.orderOf(Character.toUpperCase(glyph));
    if (order < 0) {
      return "\u001b[2m";
    }
    int colour = COLOURS[order % COLOURS.length];
    return (Character.isUpperCase(glyph) ? "\u001b[1;%dm" : "\u001b[%dm").formatted(colour);
  }
}
