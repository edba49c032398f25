package dev.usher.sidecar.config;

import dev.usher.sidecar.backend.Ipv4;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * IP addresses as they are written. Stricter than the JDK, which takes {@code 10} for 0.0.0.10, and
 * never asks a name server.
 */
final class IpLiteral {
  private static final Pattern IPV6 = Pattern.compile("(?=.*:)[0-9A-Fa-f:.]{2,45}");

  private IpLiteral() {}

  /** The address, or empty when {@code text} is none (a name, a zone, brackets). */
  static Optional<InetAddress> parse(String text) {
    if (!Ipv4.is(text) && !IPV6.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.getByName(text));
    } catch (UnknownHostException notAnAddress) {
      return Optional.empty();
    }
  }
}
