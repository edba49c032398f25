package dev.usher.sidecar.http;

import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Fields that are about one connection and not about the message (RFC 9110 section 7.6.1), in
 * either direction. Trailer goes too, since trailers are not passed on; so do the fields by which a
 * proxy and its client recognize each other.
 */
final class HopByHop {
  private static final Set<HttpString> ALWAYS =
      Set.of(
          Headers.CONNECTION,
          new HttpString("Keep-Alive"),
          new HttpString("Proxy-Connection"),
          Headers.TE,
          Headers.TRAILER,
          Headers.TRANSFER_ENCODING,
          Headers.UPGRADE,
          new HttpString("HTTP2-Settings"),
          Headers.PROXY_AUTHENTICATE,
          Headers.PROXY_AUTHORIZATION,
          new HttpString("Proxy-Authentication-Info"));

  private HopByHop() {}

  /** Adds to {@code to} every field of {@code from} that may pass. */
  static void copy(HeaderMap from, HeaderMap to) {
    Set<HttpString> nominated = nominated(from.get(Headers.CONNECTION));
    for (long at = from.fastIterateNonEmpty(); at != -1L; at = from.fiNextNonEmpty(at)) {
      HeaderValues field = from.fiCurrent(at);
      HttpString name = field.getHeaderName();
      if (ALWAYS.contains(name) || (nominated != null && nominated.contains(name))) {
        continue;
      }
      if (field.size() == 1) {
        to.add(name, field.getFirst());
      } else {
        to.addAll(name, field);
      }
    }
  }

  /** What Connection names, except what framing and routing need; null for nothing. */
  private static @Nullable Set<HttpString> nominated(@Nullable HeaderValues connection) {
    if (connection == null) {
      return null;
    }
    Set<HttpString> names = null;
    for (String value : connection) {
      for (String option : value.split(",", -1)) {
        String name = option.strip();
        if (!name.isEmpty() && !isUsual(name)) {
          names = names == null ? new HashSet<>() : names;
          names.add(HttpString.tryFromString(name));
        }
      }
    }
    return names;
  }

  private static boolean isUsual(String option) {
    return switch (option.toLowerCase(Locale.ROOT)) {
      case "close", "keep-alive", "host", "content-length" -> true;
      default -> false;
    };
  }
}
