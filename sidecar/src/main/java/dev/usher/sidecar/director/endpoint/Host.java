package dev.usher.sidecar.director.endpoint;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Hosts as they are written in a URI (RFC 3986, 3.2.2, without percent-encoding), in the one
 * spelling that is compared. Case does not count (RFC 9110, 4.2.3). Nor does a dot behind a name:
 * RFC 3986 lets a fully qualified name end in one, so both are the same name, and a client must not
 * come past a director by adding it.
 */
final class Host {
  static final String WANTED = "a host name or an address, without a port";

  private static final int LONGEST = 255;

  private Host() {}

  /** The one spelling, an IPv6 literal without its brackets; null when {@code text} is no host. */
  static @Nullable String normal(String text) {
    return text.startsWith("[") ? literal(text) : name(text);
  }

  private static @Nullable String literal(String text) {
    return text.endsWith("]") ? Ipv6.normal(text.substring(1, text.length() - 1)) : null;
  }

  /** Labels of unreserved characters, none of them empty. */
  private static @Nullable String name(String text) {
    int length = text.endsWith(".") ? text.length() - 1 : text.length();
    boolean upper = false;
    char before = '.';
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      boolean capital = c >= 'A' && c <= 'Z';
      if (c == '.' ? before == '.' : !capital && !isOfLabel(c)) {
        return null;
      }
      upper |= capital;
      before = c;
    }
    if (before == '.' || length > LONGEST) {
      return null;
    }
    String name = text.substring(0, length);
    return upper ? name.toLowerCase(Locale.ROOT) : name;
  }

  private static boolean isOfLabel(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '~';
  }
}
