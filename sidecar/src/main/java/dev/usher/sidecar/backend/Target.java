package dev.usher.sidecar.backend;

import dev.usher.unit.InvalidValue;
import java.net.URI;
import java.net.URISyntaxException;

/**
 * Where a backend listens: {@code http://host:port}, nothing behind it.
 *
 * @param host a name, an IPv4 address, or an IPv6 address without brackets
 * @param port 1 to 65 535
 */
public record Target(String host, int port) {
  public static final String WANTED = "http://HOST[:PORT] without a path";
  private static final int DEFAULT_PORT = 80;

  /**
   * Reads {@code http://host:port}.
   *
   * @throws InvalidValue naming {@code field} if {@code text} is not such a URL
   */
  public static Target parse(String field, String text) {
    try {
      URI uri = new URI(text);
      String path = uri.getRawPath();
      boolean bare =
          (path == null || path.isEmpty() || path.equals("/"))
              && uri.getRawQuery() == null
              && uri.getRawFragment() == null
              && uri.getRawUserInfo() == null;
      String host = uri.getHost();
      int port = uri.getPort() == -1 ? DEFAULT_PORT : uri.getPort();
      if ("http".equalsIgnoreCase(uri.getScheme())
          && bare
          && host != null
          && port > 0
          && port <= 65_535) {
        boolean ipv6 = host.startsWith("[") && host.endsWith("]");
        return new Target(ipv6 ? host.substring(1, host.length() - 1) : host, port);
      }
    } catch (URISyntaxException e) {
      throw (InvalidValue) InvalidValue.of(field, WANTED, text).initCause(e);
    }
    throw InvalidValue.of(field, WANTED, text);
  }

  /** {@code host:port}, an IPv6 host in brackets, the port always there. */
  public String authority() {
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }

  /** The URL as {@link #parse} reads it. */
  public String url() {
    return "http://" + authority();
  }

  @Override
  public String toString() {
    return url();
  }
}
