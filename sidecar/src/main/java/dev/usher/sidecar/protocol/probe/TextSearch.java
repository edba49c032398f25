package dev.usher.sidecar.protocol.probe;

import java.nio.charset.StandardCharsets;

/**
 * Looks for a text in a stream of bytes, which is kept nowhere: the algorithm of Knuth, Morris and
 * Pratt (SIAM J. Comput. 6, 1977), about two comparisons a byte at most.
 */
final class TextSearch {
  private final byte[] text;

  /** How much of the text still fits when that which fitted n bytes fails at the next one. */
  private final int[] fallback;

  /** How much of the text the stream's end fits. */
  private int fitting;

  /**
   * @param text searched as UTF-8; not empty
   */
  TextSearch(String text) {
    this.text = text.getBytes(StandardCharsets.UTF_8);
    this.fallback = new int[this.text.length + 1];
    for (int i = 1; i < this.text.length; i++) {
      fallback[i + 1] = longer(fallback[i], this.text[i]);
    }
  }

  /** A match stays one, whatever follows. */
  void next(byte b) {
    if (!isFound()) {
      fitting = longer(fitting, b);
    }
  }

  boolean isFound() {
    return fitting == text.length;
  }

  private int longer(int from, byte b) {
    int fits = from;
    while (fits > 0 && text[fits] != b) {
      fits = fallback[fits];
    }
    return text[fits] == b ? fits + 1 : 0;
  }
}
