package dev.usher.sidecar.backend;

import dev.usher.unit.InvalidValue;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a backend listens: {@code http://host:port}, nothing behind it.
 *
 * @param host a name, an IPv4 address, or an IPv6 address without brackets
 * @param port 1 to 65 535
 */
public record Target(String host, int port) {
  public static final String WANTED = "http://HOST[:PORT] without a path";
  private static final int DEFAULT_PORT = 80;

  /** Longest name that a name server knows (RFC 1035, section 2.3.4), without a dot at its end. */
  private static final int MOST_LETTERS = 253;

  private static final int LONGEST = "http://".length() + MOST_LETTERS + ".:65535/".length();

  /** Names may hold an underscore, as container networks give them; java.net.URI knows none. */
  private static final Pattern SYNTAX =
      Pattern.compile(
          "(?i:http)://(?:(?<name>[A-Za-z0-9_-]+(?:\\.[A-Za-z0-9_-]+)*\\.?)"
              + "|\\[(?<literal>[0-9A-Fa-f:.]+)])(?::(?<port>\\d{1,5}))?/?");

  /**
   * Reads {@code http://host:port}.
   *
   * @throws InvalidValue naming {@code field} if {@code text} is not such a URL
   */
  public static Target parse(String field, String text) {
    Target target = of(text);
    if (target == null) {
      throw InvalidValue.of(field, WANTED, text);
    }
    return target;
  }

  /** The target of {@code http://host:port}; null if {@code text} is not such a URL. */
  public static @Nullable Target of(String text) {
    // Longer ones are not even matched: each label takes its part of the stack.
    Matcher matcher = SYNTAX.matcher(text.length() > LONGEST ? "" : text);
    if (matcher.matches()) {
      String port = matcher.group("port");
      int number = port == null ? DEFAULT_PORT : Integer.parseInt(port);
      String literal = matcher.group("literal");
      boolean right = literal == null ? isName(matcher.group("name")) : isIpv6(literal);
      if (right && number > 0 && number <= 65_535) {
        return new Target(literal == null ? matcher.group("name") : literal, number);
      }
    }
    return null;
  }

  /** A name, or an IPv4 address: what only looks like one would be looked up. */
  private static boolean isName(String name) {
    int letters = name.endsWith(".") ? name.length() - 1 : name.length();
    return letters <= MOST_LETTERS && (Ipv4.is(name) || !Ipv4.isMeant(name));
  }

  private static boolean isIpv6(String literal) {
    try {
      return new URI("http://[" + literal + "]").getHost() != null;
    } catch (URISyntaxException e) {
      return false;
    }
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
