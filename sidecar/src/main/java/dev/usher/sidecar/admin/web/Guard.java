package dev.usher.sidecar.admin.web;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Lets a request in or not. With a token nothing else counts: a browser does not send it by itself.
 * Without one only loopback peers are served, and what a page in a browser could make the browser
 * send is refused: a foreign name that leads here (DNS rebinding), a request from another site.
 * [io]
 */
public final class Guard {
  private static final String BEARER = "bearer ";
  private static final HttpString SEC_FETCH_SITE = new HttpString("Sec-Fetch-Site");
  private static final HttpString VIA = new HttpString("Via");
  private static final Pattern AUTHORITY =
      Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[^:\\[\\]/@\\s]+)(?::(\\d{1,5}))?");
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(?:\\.\\d{1,3}){3}|\\[::1]");
  private static final int DEFAULT_PORT = 80;

  private final Access access;

  public Guard(Access access) {
    this.access = access;
  }

  /**
   * Lets the request pass.
   *
   * @param open whether the path is served without a token
   * @throws ApiError 401 or 403
   */
  public void check(HttpServerExchange exchange, boolean open) {
    if (access.needsToken()) {
      if (!open) {
        checkToken(exchange.getRequestHeaders());
      }
    } else {
      checkPeer(exchange.getConnection().getPeerAddress());
      checkDirect(exchange.getRequestHeaders());
      checkHost(exchange);
      checkOrigin(exchange.getRequestHeaders());
    }
  }

  private void checkToken(HeaderMap headers) {
    HeaderValues values = headers.get(Headers.AUTHORIZATION);
    String value = values == null || values.size() != 1 ? "" : values.getFirst();
    boolean bearer = value.toLowerCase(Locale.ROOT).startsWith(BEARER);
    if (!bearer || !access.isToken(value.substring(BEARER.length()).trim())) {
      throw ApiError.of(
          ApiError.Code.UNAUTHORIZED, "want the admin token as Authorization: Bearer");
    }
  }

  private static void checkPeer(@Nullable SocketAddress peer) {
    if (!isThisMachine(peer)) {
      throw notAllowed("without a token file only this machine is served", null);
    }
  }

  /**
   * What came through a proxy may come from anywhere, although the proxy is here: our own, when a
   * client can choose where it connects to (a template with a backend of the client's Host).
   */
  private static void checkDirect(HeaderMap headers) {
    if (headers.contains(VIA)) {
      throw notAllowed("Via: without a token file no proxy is served", "Via");
    }
  }

  static boolean isThisMachine(@Nullable SocketAddress peer) {
    return peer instanceof InetSocketAddress inet
        && !inet.isUnresolved()
        && inet.getAddress().isLoopbackAddress();
  }

  /** The server has refused an absolute-form target of another host already. */
  private void checkHost(HttpServerExchange exchange) {
    int port = exchange.getConnection().getLocalAddress(InetSocketAddress.class).getPort();
    HeaderValues hosts = exchange.getRequestHeaders().get(Headers.HOST);
    if (hosts == null || hosts.size() != 1 || !isOurs(hosts.getFirst(), port)) {
      throw notAllowed("Host: want localhost or a loopback address with this port", "Host");
    }
  }

  private boolean isOurs(String authority, int port) {
    Matcher matcher = AUTHORITY.matcher(authority);
    if (!matcher.matches()) {
      return false;
    }
    String host = matcher.group(1).toLowerCase(Locale.ROOT);
    String digits = matcher.group(2);
    String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    return (digits == null ? DEFAULT_PORT : Integer.parseInt(digits)) == port
        && (LOOPBACK.matcher(host).matches() || bare.equalsIgnoreCase(access.address()));
  }

  private static void checkOrigin(HeaderMap headers) {
    HeaderValues origins = headers.get(Headers.ORIGIN);
    String own = "http://" + headers.getFirst(Headers.HOST);
    if (origins != null && (origins.size() != 1 || !origins.getFirst().equalsIgnoreCase(own))) {
      throw notAllowed("Origin: pages of other sites may not call", "Origin");
    }
    HeaderValues sites = headers.get(SEC_FETCH_SITE);
    if (sites != null
        && !sites.stream().allMatch(site -> site.equals("same-origin") || site.equals("none"))) {
      throw notAllowed("Sec-Fetch-Site: pages of other sites may not call", "Sec-Fetch-Site");
    }
  }

  private static ApiError notAllowed(String message, @Nullable String field) {
    return field == null
        ? ApiError.of(ApiError.Code.NOT_ALLOWED, message)
        : ApiError.of(ApiError.Code.NOT_ALLOWED, message, field);
  }
}
