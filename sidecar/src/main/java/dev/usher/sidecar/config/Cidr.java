package dev.usher.sidecar.config;

import dev.usher.unit.InvalidValue;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/**
 * A block of IP addresses, {@code 10.0.0.0/8} or {@code ::1/128} (RFC 4632, RFC 4291).
 *
 * @param prefixBits leading bits that must match
 */
public record Cidr(InetAddress network, int prefixBits) {
  private static final Pattern LITERAL = Pattern.compile("[0-9.]+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

  /**
   * Reads {@code 10.0.0.0/8}; an address without a prefix is itself alone. Never asks a name
   * server.
   *
   * @throws InvalidValue naming {@code field} if {@code text} is no such block
   */
  public static Cidr parse(String field, String text) {
    int slash = text.indexOf('/');
    String address = slash < 0 ? text : text.substring(0, slash);
    try {
      if (LITERAL.matcher(address).matches()) {
        InetAddress network = InetAddress.getByName(address);
        int most = network.getAddress().length * 8;
        int bits = slash < 0 ? most : Integer.parseInt(text.substring(slash + 1));
        if (bits >= 0 && bits <= most) {
          return new Cidr(network, bits);
        }
      }
    } catch (UnknownHostException | NumberFormatException e) {
      throw (InvalidValue) wrong(field, text).initCause(e);
    }
    throw wrong(field, text);
  }

  private static InvalidValue wrong(String field, String text) {
    return InvalidValue.of(field, "a block of addresses such as 127.0.0.0/8 or ::1/128", text);
  }

  /** Whether {@code address} lies in the block. [any] */
  public boolean contains(InetAddress address) {
    byte[] ours = network.getAddress();
    byte[] theirs = address.getAddress();
    if (ours.length != theirs.length) {
      return false;
    }
    for (int bit = 0; bit < prefixBits; bit += 8) {
      int mask = prefixBits - bit >= 8 ? 0xff : 0xff << (8 - (prefixBits - bit)) & 0xff;
      if (((ours[bit / 8] ^ theirs[bit / 8]) & mask) != 0) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return network.getHostAddress() + "/" + prefixBits;
  }
}
