package dev.usher.sidecar.classify;

import dev.usher.sidecar.director.endpoint.Endpoint;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Host and port that a request is for: the authority of an absolute-form target, else the Host
 * field (RFC 9112, 3.2.2 and 3.3), which must be there once. [io]
 */
public final class OnDemandHost {
  private OnDemandHost() {}

  /** Null when the request is for none. */
  static @Nullable Endpoint of(HttpServerExchange exchange) {
    if (exchange.isHostIncludedInRequestURI()) {
      return ofTarget(exchange.getRequestURI());
    }
    HeaderValues hosts = exchange.getRequestHeaders().get(Headers.HOST);
    return hosts == null || hosts.size() != 1
        ? null
        : of(hosts.getFirst(), exchange.getRequestScheme());
  }

  /** Those of {@code http://a:80/path}; a target without a scheme, as CONNECT has, has none. */
  public static @Nullable Endpoint ofTarget(String target) {
    int start = target.indexOf("://");
    if (start < 0) {
      return null;
    }
    int end = start + 3;
    while (end < target.length() && "/?#".indexOf(target.charAt(end)) < 0) {
      end++;
    }
    return of(target.substring(start + 3, end), target.substring(0, start));
  }

  /** The host and port of an authority. */
  public static @Nullable Endpoint of(String authority, String scheme) {
    return Endpoint.parse(authority, defaultPort(scheme));
  }

  /** 0 for a scheme whose default is not known. */
  private static int defaultPort(String scheme) {
    return switch (scheme.toLowerCase(Locale.ROOT)) {
      case "http" -> 80;
      case "https" -> 443;
      default -> 0;
    };
  }
}
