package dev.usher.sidecar.config.document;

/** Makes foreign text fit for a terminal and a log: one line, no control characters, not long. */
public final class Printable {
  private static final int LONGEST = 120;

  private Printable() {}

  /** The text in quotes. */
  public static String quoted(String text) {
    return "'" + of(text) + "'";
  }

  /** The text with control and other unseen characters escaped, cut to 120 characters. */
  public static String of(String text) {
    return of(text, LONGEST);
  }

  /** The same, cut to {@code longest} characters. */
  public static String of(String text, int longest) {
    StringBuilder printable = new StringBuilder(Math.min(text.length(), longest) + 3);
    for (int at = 0; at < text.length(); ) {
      if (printable.length() >= longest) {
        return printable.append("...").toString();
      }
      int codePoint = text.codePointAt(at);
      at += Character.charCount(codePoint);
      if (isSeen(codePoint)) {
        printable.appendCodePoint(codePoint);
      } else {
        printable.append("\\u{").append(Integer.toHexString(codePoint)).append('}');
      }
    }
    return printable.toString();
  }

  private static boolean isSeen(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
