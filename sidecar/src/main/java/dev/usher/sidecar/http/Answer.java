package dev.usher.sidecar.http;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xnio.ChannelListeners;
import org.xnio.IoUtils;
import org.xnio.channels.StreamSinkChannel;

/** Sends a {@link Refusal}. On the exchange's IO thread, outside of a handler's call. */
final class Answer {
  static final HttpString REASON = new HttpString("X-Director-Reason");

  /** Retry-After where there is no director to say otherwise. */
  static final Duration DEFAULT_RETRY_AFTER = Duration.ofSeconds(10);

  private static final Logger LOG = LoggerFactory.getLogger(Answer.class);

  private Answer() {}

  /** Ends the exchange with {@code refusal}; the response must not have begun. */
  static void send(HttpServerExchange exchange, Refusal refusal, Duration retryAfter) {
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
      write(exchange, sink, ByteBuffer.wrap(text));
    }
  }

  private static void write(HttpServerExchange exchange, StreamSinkChannel sink, ByteBuffer text) {
    try {
      while (text.hasRemaining()) {
        if (sink.writeFinal(text) == 0) {
          sink.getWriteSetter().set(channel -> write(exchange, sink, text));
          sink.resumeWrites();
          return;
        }
      }
      if (sink.flush()) {
        Linger.unlessComplete(exchange);
        return;
      }
      sink.getWriteSetter()
          .set(
              ChannelListeners.flushingChannelListener(
                  channel -> Linger.unlessComplete(exchange),
                  (channel, e) -> IoUtils.safeClose(exchange.getConnection())));
      sink.resumeWrites();
    } catch (IOException e) {
      LOG.debug("the client left before its answer", e);
      IoUtils.safeClose(exchange.getConnection());
    }
  }

  /** Rounded up, so that nobody comes back too early. */
  static long wholeSeconds(Duration duration) {
    return duration.getNano() == 0 ? duration.getSeconds() : duration.getSeconds() + 1;
  }
}
