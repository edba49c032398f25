package dev.usher.sidecar.http;

import dev.usher.sidecar.classify.OnDemandHost;
import dev.usher.sidecar.director.endpoint.Endpoint;
import dev.usher.sidecar.http.deadline.DeadlineFields;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import org.jspecify.annotations.Nullable;

/**
 * Refuses what Undertow's parser lets through although two readers could understand it differently
 * (RFC 9112 sections 3.2, 6.1, 6.3, 11.2), and what is not for a proxy like this one.
 */
final class RequestGuard {
  static final long UNLIMITED = -1;

  /** Longest Content-Length in digits; Undertow lets longer ones overflow silently. */
  private static final int MAX_LENGTH_DIGITS = 18;

  private final long maxBodyBytes;

  /**
   * @param maxBodyBytes longest body, {@link #UNLIMITED} for any
   */
  RequestGuard(long maxBodyBytes) {
    this.maxBodyBytes = maxBodyBytes;
  }

  /** Why the request is refused, null if it is not. */
  @Nullable Refusal check(HttpServerExchange exchange) {
    if (exchange.getRequestMethod().equals(Methods.CONNECT)) {
      return Refusal.METHOD_NOT_ALLOWED;
    }
    HeaderMap headers = exchange.getRequestHeaders();
    if (!isProtocolKnown(exchange)
        || !isHostClear(exchange, headers)
        || !isTargetClear(exchange, headers)) {
      return Refusal.BAD_REQUEST;
    }
    HeaderValues codings = headers.get(Headers.TRANSFER_ENCODING);
    HeaderValues lengths = headers.get(Headers.CONTENT_LENGTH);
    if (codings != null && (lengths != null || !isChunkedAlone(exchange, codings))) {
      return Refusal.BAD_REQUEST;
    }
    Refusal ofLength = lengths == null ? null : checkLength(lengths);
    if (ofLength != null) {
      return ofLength;
    }
    return DeadlineFields.areClear(headers) ? null : Refusal.BAD_DEADLINE;
  }

  boolean isTooLarge(long bodyBytes) {
    return maxBodyBytes != UNLIMITED && bodyBytes > maxBodyBytes;
  }

  private @Nullable Refusal checkLength(HeaderValues lengths) {
    String length = lengths.getFirst();
    if (lengths.size() != 1 || length.isEmpty() || length.length() > MAX_LENGTH_DIGITS) {
      return Refusal.BAD_REQUEST;
    }
    long bytes = 0;
    for (int i = 0; i < length.length(); i++) {
      int digit = length.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return Refusal.BAD_REQUEST;
      }
      bytes = bytes * 10 + digit;
    }
    return isTooLarge(bytes) ? Refusal.BODY_TOO_LARGE : null;
  }

  private static boolean isProtocolKnown(HttpServerExchange exchange) {
    return exchange.isHttp11() || exchange.isHttp10();
  }

  private static boolean isHostClear(HttpServerExchange exchange, HeaderMap headers) {
    HeaderValues hosts = headers.get(Headers.HOST);
    return hosts == null ? exchange.isHttp10() : hosts.size() == 1;
  }

  private static boolean isTargetClear(HttpServerExchange exchange, HeaderMap headers) {
    return hasTargetCharacters(exchange.getRequestURI())
        && hasTargetCharacters(exchange.getQueryString())
        && (!exchange.isHostIncludedInRequestURI()
            || isAuthorityClear(exchange.getRequestURI(), headers.getFirst(Headers.HOST)));
  }

  /**
   * Whether there is no blank, no control character and no fragment. Others that RFC 3986 does not
   * allow, like {@code |} or bytes above 127, are common and mean the same to everybody.
   */
  private static boolean hasTargetCharacters(String part) {
    for (int i = 0; i < part.length(); i++) {
      char c = part.charAt(i);
      if (c <= ' ' || c == 0x7F || c == '#') {
        return false;
      }
    }
    return true;
  }

  /**
   * Whether the target in absolute form is for the same host and port as the Host field. Undertow
   * asks only that the host occurs somewhere in the target, and ends the authority where a byte
   * comes that it does not expect there: routes would see another path than the backend.
   */
  private static boolean isAuthorityClear(String target, @Nullable String host) {
    boolean secure = target.regionMatches(true, 0, "https://", 0, 8);
    if (!secure && !target.regionMatches(true, 0, "http://", 0, 7)) {
      return false;
    }
    Endpoint meant = OnDemandHost.ofTarget(target);
    return meant != null
        && (host == null || meant.equals(OnDemandHost.of(host, secure ? "https" : "http")));
  }

  private static boolean isChunkedAlone(HttpServerExchange exchange, HeaderValues codings) {
    return exchange.isHttp11()
        && codings.size() == 1
        && HttpString.tryFromString(codings.getFirst()).equals(Headers.CHUNKED);
  }
}
