package dev.usher.sidecar.director;

import dev.usher.unit.IntRange;
import dev.usher.unit.InvalidValue;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The host and port of requests that a director on demand answers.
 *
 * @param host a name or an address, kept in lower case; an IPv6 literal without its brackets
 * @param port 1 to 65 535
 */
public record Endpoint(String host, int port) {
  public static final IntRange PORT = new IntRange(1, 65_535);

  /** Host names and IPv4 literals, or IPv6 literals (RFC 3986, 3.2.2, without percent-encoding). */
  private static final Pattern HOST =
      Pattern.compile("[a-z0-9._~-]{1,255}|(?=.*:)[0-9a-f:.]{2,45}");

  public Endpoint {
    host = host.toLowerCase(Locale.ROOT);
    if (!HOST.matcher(host).matches()) {
      throw InvalidValue.of("hostname", "a host name or an address, without a port", host);
    }
    PORT.check("port", port);
  }

  /** Host and port as in an authority, an IPv6 literal in brackets. */
  @Override
  public String toString() {
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
  }
}
