package dev.usher.sidecar.protocol.probe;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Finds a text in bytes that come one by one: Knuth, Morris and Pratt, "Fast Pattern Matching in
 * Strings" (1977). For one thread.
 */
final class TextSearch {
  private final byte[] text;

  /** How much of the text is still there when the byte behind so much of it does not fit. */
  private final int[] fallback;

  private int matched;

  /**
   * @param text one byte in UTF-8 at least
   */
  TextSearch(String text) {
    this.text = text.getBytes(UTF_8);
    this.fallback = new int[this.text.length + 1];
    fallback[0] = -1;
    int length = -1;
    for (int i = 0; i < this.text.length; i++) {
      while (length >= 0 && this.text[i] != this.text[length]) {
        length = fallback[length];
      }
      fallback[i + 1] = ++length;
    }
  }

  /** Whether the text ends with this byte. */
  boolean found(byte next) {
    while (matched >= 0 && (matched == text.length || text[matched] != next)) {
      matched = fallback[matched];
    }
    return ++matched == text.length;
  }
}
