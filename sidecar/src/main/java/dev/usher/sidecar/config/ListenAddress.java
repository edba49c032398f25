package dev.usher.sidecar.config;

import dev.usher.sidecar.backend.Ipv4;
import dev.usher.unit.IntRange;
import dev.usher.unit.InvalidValue;
import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where to listen.
 *
 * @param address an IP address (IPv6 without brackets) or host name
 * @param port 0 to 65 535; 0 picks a free one
 */
public record ListenAddress(String address, int port) {
  public static final IntRange PORT = new IntRange(0, 65_535);

  /** What {@code address} may be, for messages. */
  public static final String WANTED =
      "an IP address or host name such as 127.0.0.1, ::1 or localhost";

  private static final String LABEL = "[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?";
  private static final Pattern NAME = Pattern.compile(LABEL + "(\\." + LABEL + ")*\\.?");
  private static final Pattern TEXT =
      Pattern.compile(
          "(?:\\[(?<six>[^\\]]*:[^\\]]*)\\]|(?<name>[^:\\[\\]]*)):(?<port>0|[1-9][0-9]{0,4})");
  private static final int LONGEST = 253;

  public ListenAddress {
    boolean name =
        address.length() <= LONGEST && NAME.matcher(address).matches() && !Ipv4.isMeant(address);
    if (!name && IpLiteral.parse(address).isEmpty()) {
      throw InvalidValue.of("address", WANTED, address);
    }
    PORT.check("port", port);
  }

  /**
   * Reads {@code ADDR:PORT}, an IPv6 address in brackets.
   *
   * @throws InvalidValue naming {@code field} if {@code text} is anything else
   */
  public static ListenAddress parse(String field, String text) {
    Matcher matcher = TEXT.matcher(text);
    String wanted = "ADDR:PORT such as 127.0.0.1:7070 or [::1]:7070";
    if (!matcher.matches()) {
      throw InvalidValue.of(field, wanted, text);
    }
    String six = matcher.group("six");
    try {
      int port = Integer.parseInt(matcher.group("port"));
      return new ListenAddress(six == null ? matcher.group("name") : six, port);
    } catch (InvalidValue e) {
      throw (InvalidValue) InvalidValue.of(field, wanted, text).initCause(e);
    }
  }

  /** Whether only this machine can reach it. Asks no name server: of names only localhost is. */
  public boolean isLoopback() {
    return IpLiteral.parse(address)
        .map(InetAddress::isLoopbackAddress)
        .orElse(address.equalsIgnoreCase("localhost"));
  }

  /** Whether the two cannot both be bound, as far as that can be told without asking a system. */
  boolean collidesWith(ListenAddress other) {
    return port != 0
        && port == other.port
        && (isWildcard() || other.isWildcard() || canonical().equals(other.canonical()));
  }

  private boolean isWildcard() {
    return IpLiteral.parse(address).map(InetAddress::isAnyLocalAddress).orElse(false);
  }

  private String canonical() {
    Optional<InetAddress> literal = IpLiteral.parse(address);
    return literal.map(InetAddress::getHostAddress).orElse(address.toLowerCase(Locale.ROOT));
  }

  /** {@code ADDR:PORT} as {@link #parse} reads it. */
  @Override
  public String toString() {
    return (address.indexOf(':') < 0 ? address : "[" + address + "]") + ":" + port;
  }
}
