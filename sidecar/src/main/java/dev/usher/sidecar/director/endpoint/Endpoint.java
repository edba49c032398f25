package dev.usher.sidecar.director.endpoint;

import dev.usher.unit.IntRange;
import dev.usher.unit.InvalidValue;
import org.jspecify.annotations.Nullable;

/**
 * The host and port of requests that a director on demand answers. Spellings that mean the same
 * host are the same here: upper and lower case, a dot that ends a name, zeros of an IPv6 address
 * written or left out.
 */
public final class Endpoint {
  public static final IntRange PORT = new IntRange(1, 65_535);

  private static final int MOST_DIGITS = 5;

  private final String host;
  private final int port;

  /**
   * Checks both.
   *
   * @param host a name, an IPv4 literal, or an IPv6 literal with or without its brackets
   * @throws InvalidValue naming {@code hostname} or {@code port}
   */
  public Endpoint(String host, int port) {
    String normal = host.indexOf(':') < 0 ? Host.normal(host) : Host.normal(bracketed(host));
    if (normal == null) {
      throw InvalidValue.of("hostname", Host.WANTED, host);
    }
    this.host = normal;
    this.port = PORT.check("port", port);
  }

  /** What was checked before; the other order tells it from the constructor that checks. */
  private Endpoint(int port, String normalHost) {
    this.host = normalHost;
    this.port = port;
  }

  /**
   * Reads {@code host[:port]} (RFC 3986, 3.2, without user information and percent-encoding). Asked
   * for each request, so each character is looked at once.
   *
   * @param defaultPort where the text has none; 0 means that it must have one
   * @return null when {@code authority} is anything else
   */
  public static @Nullable Endpoint parse(String authority, int defaultPort) {
    int hostEnd = hostEnd(authority);
    int port = port(authority, hostEnd, defaultPort);
    String host = port == 0 ? null : Host.normal(authority.substring(0, hostEnd));
    return host == null ? null : new Endpoint(port, host);
  }

  private static int hostEnd(String authority) {
    int end = authority.startsWith("[") ? authority.indexOf(']') + 1 : authority.indexOf(':');
    return end < 0 ? authority.length() : end;
  }

  /** 0 when there is none; an empty one is the default (RFC 3986, 6.2.3). */
  private static int port(String authority, int hostEnd, int defaultPort) {
    int digits = authority.length() - hostEnd - 1;
    if (digits <= 0) {
      return digits < 0 || authority.charAt(hostEnd) == ':' ? defaultPort : 0;
    }
    if (digits > MOST_DIGITS || authority.charAt(hostEnd) != ':') {
      return 0;
    }
    int port = 0;
    for (int i = hostEnd + 1; i < authority.length(); i++) {
      int digit = authority.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return 0;
      }
      port = port * 10 + digit;
    }
    return port <= PORT.max() ? port : 0;
  }

  private static String bracketed(String host) {
    return host.startsWith("[") ? host : "[" + host + "]";
  }

  /** In lower case, without a dot at its end; an IPv6 literal as RFC 5952 has it, bare. */
  public String host() {
    return host;
  }

  /** 1 to 65 535. */
  public int port() {
    return port;
  }

  /** The host as in an authority: an IPv6 literal in brackets. */
  public String uriHost() {
    return host.indexOf(':') < 0 ? host : bracketed(host);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Endpoint that && port == that.port && host.equals(that.host);
  }

  @Override
  public int hashCode() {
    return 31 * host.hashCode() + port;
  }

  /** Host and port as in an authority, an IPv6 literal in brackets. */
  @Override
  public String toString() {
    return uriHost() + ":" + port;
  }
}
