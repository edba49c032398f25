package dev.usher.sidecar.protocol;

import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;

/**
 * The Connection field, a list of options in any number of lines (RFC 9110 section 7.6.1). Undertow
 * looks only whether its first line is {@code close} as a whole.
 */
public final class ConnectionField {
  private static final String CLOSE = "close";

  private ConnectionField() {}

  /** Whether the sender will close the connection behind this message. */
  public static boolean asksToClose(HeaderMap headers) {
    HeaderValues lines = headers.get(Headers.CONNECTION);
    if (lines != null) {
      for (int i = 0; i < lines.size(); i++) {
        if (lists(lines.get(i), CLOSE)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Whether {@code option} is an element of the list {@code line}, in whatever case. */
  private static boolean lists(String line, String option) {
    int at = 0;
    while (at <= line.length()) {
      int comma = line.indexOf(',', at);
      int end = comma < 0 ? line.length() : comma;
      if (isElement(line, at, end, option)) {
        return true;
      }
      at = end + 1;
    }
    return false;
  }

  private static boolean isElement(String line, int from, int to, String option) {
    int start = from;
    int end = to;
    while (start < end && isBlank(line.charAt(start))) {
      start++;
    }
    while (start < end && isBlank(line.charAt(end - 1))) {
      end--;
    }
    return end - start == option.length()
        && line.regionMatches(true, start, option, 0, option.length());
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }
}
