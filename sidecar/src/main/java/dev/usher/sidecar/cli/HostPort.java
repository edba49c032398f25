package dev.usher.sidecar.cli;

import dev.usher.sidecar.config.ListenAddress;
import dev.usher.unit.InvalidValue;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** {@code ADDR:PORT} on the command line: an IPv6 address stands in brackets. */
final class HostPort implements ITypeConverter<ListenAddress> {

  @Override
  public ListenAddress convert(String text) {
    try {
      return ListenAddress.parse("", text);
    } catch (InvalidValue e) {
      throw new TypeConversionException(
          "want %s (port 0 picks a free one), got %s".formatted(e.wanted(), e.got()));
    }
  }

  /** The URL at which {@code bound} is reached. */
  static String url(InetSocketAddress bound) {
    InetAddress address = bound.getAddress();
    String host = address == null ? bound.getHostString() : address.getHostAddress();
    return "http://" + (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + bound.getPort();
  }
}
