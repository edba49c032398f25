package dev.usher.sidecar.classify;

import dev.usher.sidecar.classify.Classification.NoRoute;
import dev.usher.sidecar.classify.Classification.OnDemand;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Host and port that a request is for: the authority of an absolute-form target, else the Host
 * field (RFC 9112, 3.3), which must be there once. [io]
 */
public final class OnDemandHost {
  private static final NoRoute NO_ROUTE = new NoRoute();

  /** host [":" port] of RFC 3986, 3.2.2 without percent-encoding; the port may be empty. */
  private static final Pattern AUTHORITY =
      Pattern.compile(
          "(?:\\[(?<six>[0-9A-Fa-f:.]{2,45})]|(?<name>[A-Za-z0-9._~-]{1,255}))"
              + "(?::(?<port>[0-9]{0,5}))?");

  private static final int MAX_PORT = 65_535;

  private OnDemandHost() {}

  static Classification classify(HttpServerExchange exchange) {
    if (exchange.isHostIncludedInRequestURI()) {
      return ofTarget(exchange.getRequestURI());
    }
    HeaderValues hosts = exchange.getRequestHeaders().get(Headers.HOST);
    String authority = hosts == null || hosts.size() != 1 ? null : hosts.getFirst();
    return of(authority, exchange.getRequestScheme());
  }

  /** Those of {@code http://a:80/path}; a target without a scheme, as CONNECT has, has none. */
  public static Classification ofTarget(String target) {
    int start = target.indexOf("://");
    if (start < 0) {
      return NO_ROUTE;
    }
    int end = start + 3;
    while (end < target.length() && "/?#".indexOf(target.charAt(end)) < 0) {
      end++;
    }
    return of(target.substring(start + 3, end), target.substring(0, start));
  }

  /** The host and port of an authority, null being none. */
  public static Classification of(@Nullable String authority, String scheme) {
    Matcher matcher = authority == null ? null : AUTHORITY.matcher(authority);
    if (matcher == null || !matcher.matches()) {
      return NO_ROUTE;
    }
    int port = port(matcher.group("port"), scheme);
    String six = matcher.group("six");
    if (port < 1 || port > MAX_PORT || (six != null && six.indexOf(':') < 0)) {
      return NO_ROUTE;
    }
    String host = six == null ? matcher.group("name") : six;
    return new OnDemand(host.toLowerCase(Locale.ROOT), port);
  }

  /** 0 for a scheme whose default is not known. */
  private static int port(@Nullable String text, String scheme) {
    if (text != null && !text.isEmpty()) {
      return Integer.parseInt(text);
    }
    return switch (scheme.toLowerCase(Locale.ROOT)) {
      case "http" -> 80;
      case "https" -> 443;
      default -> 0;
    };
  }
}
