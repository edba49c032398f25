package dev.usher.sidecar.http;

import dev.usher.sidecar.protocol.Ticker;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xnio.IoUtils;
import org.xnio.channels.StreamSinkChannel;

/** Sends a {@link Refusal}. On the exchange's IO thread, outside of a handler's call. */
final class Answer {
  static final HttpString REASON = new HttpString("X-Director-Reason");

  private static final Logger LOG = LoggerFactory.getLogger(Answer.class);

  private Answer() {}

  /**
   * Ends the exchange with {@code refusal}; the response must not have begun.
   *
   * @param patience how long the client may take to take it
   */
  static void send(
      HttpServerExchange exchange,
      Refusal refusal,
      Duration retryAfter,
      Duration patience,
      Ticker ticker) {
    LOG.debug("{} {} refused: {}", exchange.getRequestMethod(), exchange, refusal);
    byte[] text = (refusal.reason() + "\n").getBytes(StandardCharsets.US_ASCII);
    if (refusal.endsConnection() || !exchange.isRequestComplete()) {
      exchange.setPersistent(false);
    }
    exchange.setStatusCode(refusal.status());
    HeaderMap headers = exchange.getResponseHeaders();
    headers.put(Headers.CONTENT_TYPE, "text/plain");
    headers.put(Headers.CONTENT_LENGTH, Integer.toString(text.length));
    headers.put(REASON, refusal.reason());
    if (refusal.isRetryable()) {
      headers.put(Headers.RETRY_AFTER, Long.toString(wholeSeconds(retryAfter)));
    }
    if (refusal == Refusal.METHOD_NOT_ALLOWED) {
      headers.put(Headers.ALLOW, "GET, HEAD, POST, PUT, DELETE, OPTIONS, TRACE, PATCH");
    }
    StreamSinkChannel sink = exchange.getResponseChannel();
    if (sink == null) {
      IoUtils.safeClose(exchange.getConnection());
    } else {
      new AnswerText(exchange, sink, text, ticker, patience).write();
    }
  }

  /** Rounded up, so that nobody comes back too early. */
  static long wholeSeconds(Duration duration) {
    return duration.getNano() == 0 ? duration.getSeconds() : duration.getSeconds() + 1;
  }
}
