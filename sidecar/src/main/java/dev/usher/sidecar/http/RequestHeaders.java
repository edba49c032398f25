package dev.usher.sidecar.http;

import dev.usher.bucket.TagHeader;
import dev.usher.sidecar.director.admission.Lease;
import io.undertow.client.ClientRequest;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import io.undertow.util.Protocols;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** The request as a backend sees it. */
final class RequestHeaders {
  static final HttpString VIA = new HttpString("Via");
  private static final HttpString FORWARDED = new HttpString("Forwarded");
  private static final HttpString BUCKET = new HttpString(TagHeader.NAME);

  private RequestHeaders() {}

  /**
   * Builds the head for the lease's backend; the exchange stays as it is.
   *
   * @param hasBody whether the request came with one, whatever was read of it by now
   */
  static ClientRequest build(HttpServerExchange exchange, boolean hasBody, Lease lease) {
    ClientRequest request =
        new ClientRequest()
            .setMethod(exchange.getRequestMethod())
            .setProtocol(Protocols.HTTP_1_1)
            .setPath(path(exchange));
    HeaderMap headers = request.getRequestHeaders();
    HopByHop.copy(exchange.getRequestHeaders(), headers);
    if (hasBody && !headers.contains(Headers.CONTENT_LENGTH)) {
      headers.put(Headers.TRANSFER_ENCODING, "chunked");
    }
    if (exchange.isHttp10()) {
      headers.remove(Headers.EXPECT);
    }
    String host = host(exchange);
    headers.put(Headers.HOST, host != null ? host : lease.target().authority());
    if (lease.settings().forwardTag()) {
      headers.put(BUCKET, lease.bucket());
    } else {
      headers.remove(BUCKET);
    }
    headers.add(VIA, exchange.isHttp11() ? "1.1 usher" : "1.0 usher");
    forwarded(exchange, headers, host);
    return request;
  }

  private static void forwarded(
      HttpServerExchange exchange, HeaderMap headers, @Nullable String host) {
    InetSocketAddress peer = exchange.getSourceAddress();
    InetAddress address = peer == null ? null : peer.getAddress();
    String client = address == null ? "unknown" : withoutZone(address.getHostAddress());
    String scheme = exchange.getRequestScheme();
    append(headers, Headers.X_FORWARDED_FOR, client);
    append(headers, Headers.X_FORWARDED_PROTO, scheme);
    boolean ipv6 = client.indexOf(':') >= 0;
    String element =
        (ipv6 ? "for=\"[" + client + "]\";proto=" : "for=" + client + ";proto=") + scheme;
    if (host != null) {
      append(headers, Headers.X_FORWARDED_HOST, host);
      element += ";host=\"" + escaped(host) + "\"";
    }
    append(headers, FORWARDED, element);
  }

  /** For a quoted-string (RFC 9110 section 5.6.4); the guard lets no such host pass. */
  private static String escaped(String host) {
    return host.indexOf('"') < 0 && host.indexOf('\\') < 0
        ? host
        : host.replace("\\", "\\\\").replace("\"", "\\\"");
  }

  /** One list in one line, since many readers look at the first line only. */
  private static void append(HeaderMap headers, HttpString name, String value) {
    String before = headers.getFirst(name);
    if (before == null || (before.isEmpty() && headers.count(name) == 1)) {
      headers.put(name, value);
    } else if (headers.count(name) == 1) {
      headers.put(name, before + ", " + value);
    } else {
      headers.put(name, String.join(", ", headers.get(name)) + ", " + value);
    }
  }

  private static String withoutZone(String address) {
    int zone = address.indexOf('%');
    return zone < 0 ? address : address.substring(0, zone);
  }

  /** The Host that counts: the target's in absolute form (RFC 9112 section 3.2.2). */
  static @Nullable String host(HttpServerExchange exchange) {
    if (exchange.isHostIncludedInRequestURI()) {
      String uri = exchange.getRequestURI();
      int start = uri.indexOf("://") + 3;
      return uri.substring(start, authorityEnd(uri, start));
    }
    return exchange.getRequestHeaders().getFirst(Headers.HOST);
  }

  /** Origin form of the target, as it came: never decoded (RFC 9112 sections 3.2.1, 3.2.4). */
  static String path(HttpServerExchange exchange) {
    String path = exchange.getRequestURI();
    String query = exchange.getQueryString();
    if (exchange.isHostIncludedInRequestURI()) {
      path = path.substring(authorityEnd(path, path.indexOf("://") + 3));
      if (path.isEmpty()) {
        boolean server = exchange.getRequestMethod().equals(Methods.OPTIONS) && query.isEmpty();
        path = server ? "*" : "/";
      }
    }
    return query.isEmpty() ? path : path + '?' + query;
  }

  private static int authorityEnd(String uri, int start) {
    for (int i = start; i < uri.length(); i++) {
      char c = uri.charAt(i);
      if (c == '/' || c == '?' || c == '#') {
        return i;
      }
    }
    return uri.length();
  }
}
