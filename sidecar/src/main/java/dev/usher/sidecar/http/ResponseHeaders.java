package dev.usher.sidecar.http;

import dev.usher.bucket.TagHeader;
import dev.usher.sidecar.director.admission.Lease;
import io.undertow.client.ClientResponse;
import io.undertow.server.Connectors;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import io.undertow.util.Protocols;

/** The backend's response as the client sees it. */
final class ResponseHeaders {
  static final HttpString CLUSTER = new HttpString("X-Director-Cluster");
  static final HttpString BACKEND = new HttpString("X-Director-Backend");
  static final HttpString BUCKET = new HttpString(TagHeader.NAME);

  private ResponseHeaders() {}

  /** Puts status and fields into the exchange, with the framing for its client. */
  static void apply(ClientResponse response, HttpServerExchange exchange, Lease lease) {
    exchange.setStatusCode(response.getResponseCode());
    String phrase = response.getStatus();
    if (phrase != null && !phrase.isEmpty()) {
      exchange.setReasonPhrase(phrase);
    }
    HeaderMap headers = exchange.getResponseHeaders();
    HopByHop.copy(response.getResponseHeaders(), headers);
    String length = headers.getFirst(Headers.CONTENT_LENGTH);
    if (length != null) {
      headers.put(Headers.CONTENT_LENGTH, length);
    } else if (mayHaveBody(exchange) && exchange.isHttp11()) {
      // Else Undertow would end the body by closing, and a broken one would look whole.
      headers.put(Headers.TRANSFER_ENCODING, "chunked");
    }
    if (exchange.isHttp10() && exchange.isPersistent()) {
      headers.put(Headers.CONNECTION, "keep-alive");
    }
    boolean http11 = response.getProtocol().equals(Protocols.HTTP_1_1);
    headers.add(RequestHeaders.VIA, http11 ? "1.1 usher" : "1.0 usher");
    if (lease.settings().responseTags()) {
      headers.put(CLUSTER, lease.director());
      headers.put(BACKEND, lease.backend());
      headers.put(BUCKET, lease.bucket());
    }
  }

  /** Whether only the end of the connection will tell the client where the body ends. */
  static boolean isEndedByClosing(HttpServerExchange exchange) {
    HeaderMap headers = exchange.getResponseHeaders();
    return !headers.contains(Headers.CONTENT_LENGTH)
        && !headers.contains(Headers.TRANSFER_ENCODING);
  }

  private static boolean mayHaveBody(HttpServerExchange exchange) {
    return !exchange.getRequestMethod().equals(Methods.HEAD)
        && Connectors.isEntityBodyAllowed(exchange);
  }
}
