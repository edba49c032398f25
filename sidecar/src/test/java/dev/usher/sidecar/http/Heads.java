package dev.usher.sidecar.http;

import dev.usher.sidecar.backend.Target;
import dev.usher.sidecar.director.admission.Lease;
import dev.usher.sidecar.director.admission.Outcome;
import dev.usher.sidecar.director.spec.DirectorSpec.Settings;
import io.undertow.server.Connectors;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import io.undertow.util.Protocols;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.TreeSet;

/** Heads for tests of the functions from one to another: no connection, no server. */
final class Heads {
  private Heads() {}

  /** A complete GET of {@code /} from 192.0.2.1. */
  static HttpServerExchange get() {
    HttpServerExchange exchange = new HttpServerExchange(null);
    exchange.setRequestMethod(Methods.GET);
    exchange.setProtocol(Protocols.HTTP_1_1);
    exchange.setRequestURI("/");
    exchange.setQueryString("");
    exchange.setRequestScheme("http");
    from(exchange, "192.0.2.1");
    Connectors.terminateRequest(exchange);
    return exchange;
  }

  /**
   * @param address an address, or {@code unknown}
   */
  static void from(HttpServerExchange exchange, String address) {
    exchange.setSourceAddress(
        address.equals("unknown")
            ? InetSocketAddress.createUnresolved("somewhere", 1)
            : new InetSocketAddress(parse(address), 1));
  }

  private static InetAddress parse(String address) {
    try {
      return InetAddress.getByName(address);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  /** Adds the fields of {@code lines}, which are separated by semicolons. */
  static void add(HeaderMap headers, String lines) {
    for (String line : lines.split(";", -1)) {
      if (!line.isBlank()) {
        int colon = line.indexOf(':');
        headers.add(
            new HttpString(line.substring(0, colon).strip()), line.substring(colon + 1).strip());
      }
    }
  }

  /** All lines in the order of their names, as {@link #add} takes them. */
  static String text(HeaderMap headers) {
    TreeSet<String> lines = new TreeSet<>();
    for (HeaderValues values : headers) {
      for (String value : values) {
        lines.add(values.getHeaderName() + ": " + value);
      }
    }
    return String.join("; ", lines);
  }

  /** A lease of backend app01 at 10.0.0.3:8080, for bucket vip of director app. */
  static Lease lease(Settings settings) {
    return new FixedLease(settings);
  }

  private record FixedLease(Settings settings) implements Lease {
    @Override
    public String director() {
      return "app";
    }

    @Override
    public String bucket() {
      return "vip";
    }

    @Override
    public String backend() {
      return "app01";
    }

    @Override
    public Target target() {
      return new Target("10.0.0.3", 8080);
    }

    @Override
    public void answeredAfter(long nanos) {}

    @Override
    public void close(Outcome outcome) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void retry(Outcome outcome) {
      throw new UnsupportedOperationException();
    }
  }
}
