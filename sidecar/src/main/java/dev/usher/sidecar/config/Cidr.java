package dev.usher.sidecar.config;

import dev.usher.unit.InvalidValue;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A block of IP addresses, {@code 10.0.0.0/8} or {@code ::1/128} (RFC 4632, RFC 4291).
 *
 * @param network its bits behind the prefix are zero
 * @param prefixBits leading bits that must match
 */
public record Cidr(InetAddress network, int prefixBits) {
  /** What {@link #parse} wants, for messages. */
  public static final String WANTED = "a block of addresses such as 127.0.0.0/8 or ::1/128";

  private static final Pattern BITS = Pattern.compile("0|[1-9][0-9]{0,2}");
  private static final int MAPPED_LENGTH = 16;
  private static final int MAPPED_PREFIX = 12;

  public Cidr {
    byte[] bytes = network.getAddress();
    if (prefixBits < 0 || prefixBits > bytes.length * 8) {
      throw InvalidValue.of("prefix", "a prefix of 0 to " + bytes.length * 8 + " bits", prefixBits);
    }
    if (!Arrays.equals(bytes, masked(bytes, prefixBits))) {
      String wanted =
          "no bits behind the prefix, so " + text(masked(bytes, prefixBits), prefixBits);
      throw InvalidValue.of("network", wanted, text(bytes, prefixBits));
    }
  }

  /**
   * Reads {@code 10.0.0.0/8}; an address without a prefix is itself alone. Never asks a name
   * server.
   *
   * @throws InvalidValue naming {@code field} if {@code text} is no such block
   */
  public static Cidr parse(String field, String text) {
    int slash = text.indexOf('/');
    Optional<InetAddress> network = IpLiteral.parse(slash < 0 ? text : text.substring(0, slash));
    String bits = slash < 0 ? "" : text.substring(slash + 1);
    if (network.isEmpty() || (slash >= 0 && !BITS.matcher(bits).matches())) {
      throw InvalidValue.of(field, WANTED, text);
    }
    InetAddress address = network.get();
    int most = address.getAddress().length * 8;
    try {
      return new Cidr(address, slash < 0 ? most : Integer.parseInt(bits));
    } catch (InvalidValue e) {
      throw (InvalidValue) InvalidValue.of(field, e.wanted(), text).initCause(e);
    }
  }

  /** Whether {@code address} lies in the block; an IPv4-mapped IPv6 address is the IPv4 one. */
  public boolean contains(InetAddress address) {
    byte[] ours = network.getAddress();
    byte[] theirs = unmapped(address.getAddress());
    return ours.length == theirs.length && Arrays.equals(ours, masked(theirs, prefixBits));
  }

  /** {@code ::ffff:a.b.c.d} is a.b.c.d (RFC 4291, 2.5.5.2). */
  private static byte[] unmapped(byte[] bytes) {
    boolean mapped =
        bytes.length == MAPPED_LENGTH
            && bytes[MAPPED_PREFIX - 2] == (byte) 0xff
            && bytes[MAPPED_PREFIX - 1] == (byte) 0xff;
    for (int i = 0; mapped && i < MAPPED_PREFIX - 2; i++) {
      mapped = bytes[i] == 0;
    }
    return mapped ? Arrays.copyOfRange(bytes, MAPPED_PREFIX, MAPPED_LENGTH) : bytes;
  }

  private static byte[] masked(byte[] bytes, int prefixBits) {
    byte[] masked = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      int kept = Math.max(0, Math.min(8, prefixBits - 8 * i));
      masked[i] = (byte) (bytes[i] & (0xff00 >> kept));
    }
    return masked;
  }

  private static String text(byte[] address, int prefixBits) {
    try {
      return InetAddress.getByAddress(address).getHostAddress() + "/" + prefixBits;
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address of %d bytes".formatted(address.length), e);
    }
  }

  @Override
  public String toString() {
    return text(network.getAddress(), prefixBits);
  }
}
