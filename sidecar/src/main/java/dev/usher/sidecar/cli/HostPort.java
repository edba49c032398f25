package dev.usher.sidecar.cli;

import dev.usher.sidecar.config.ListenAddress;
import java.net.InetSocketAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** {@code ADDR:PORT} on the command line: an IPv6 address stands in brackets. */
final class HostPort implements ITypeConverter<ListenAddress> {
  private static final Pattern SYNTAX =
      Pattern.compile("(?:\\[([0-9A-Fa-f:.%\\w]+)]|([^:\\[\\]\\s]+)):(\\d{1,5})");

  @Override
  public ListenAddress convert(String text) {
    Matcher matcher = SYNTAX.matcher(text);
    if (matcher.matches()) {
      int port = Integer.parseInt(matcher.group(3));
      if (port <= ListenAddress.PORT.max()) {
        String ipv6 = matcher.group(1);
        return new ListenAddress(ipv6 == null ? matcher.group(2) : ipv6, port);
      }
    }
    throw new TypeConversionException(
        "want ADDR:PORT such as 127.0.0.1:7070 or [::1]:7070 (port 0 picks a free one), got '%s'"
            .formatted(text));
  }

  /** The URL at which {@code bound} is reached. */
  static String url(InetSocketAddress bound) {
    String host =
        bound.getAddress() == null ? bound.getHostString() : bound.getAddress().getHostAddress();
    return "http://" + (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + bound.getPort();
  }
}
