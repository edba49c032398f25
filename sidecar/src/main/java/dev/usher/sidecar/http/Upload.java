package dev.usher.sidecar.http;

import dev.usher.sidecar.director.admission.Outcome;
import dev.usher.sidecar.director.spec.Timeouts;
import dev.usher.sidecar.protocol.BodyPump;
import dev.usher.sidecar.protocol.Ticker;
import io.undertow.io.IoCallback;
import io.undertow.io.Sender;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpContinue;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xnio.channels.StreamSinkChannel;

/**
 * The request's body on its way to the backend. {@code Expect: 100-continue} goes end to end: the
 * client hears 100 when the backend says it; a client that does not wait for it is read all the
 * same.
 */
final class Upload implements BodyPump.Events {
  private static final Logger LOG = LoggerFactory.getLogger(Upload.class);

  /**
   * Heads from here on go out before the body. A smaller one and the first buffer of the body are
   * 24 KiB at most, which a connection on which nothing is under way takes at once.
   */
  private static final int LARGE_HEAD_BYTES = 8 * 1024;

  private final Attempt attempt;
  private final BodyPump pump;
  private boolean awaitsContinue;
  private boolean done;

  Upload(Attempt attempt, RequestBody from, StreamSinkChannel to, Ticker ticker) {
    this.attempt = attempt;
    HttpServerExchange exchange = attempt.passage().exchange();
    this.awaitsContinue = HttpContinue.requiresContinueResponse(exchange);
    this.pump =
        new BodyPump(
            from.channel(),
            from,
            () -> to,
            exchange.getConnection().getByteBufferPool(),
            ticker,
            this);
  }

  void start() {
    if (isHeadLarge(attempt.passage().exchange())) {
      pump.flushFirst();
    }
    pump.start();
  }

  /** By what came from the client; little is added on the way. */
  private static boolean isHeadLarge(HttpServerExchange exchange) {
    int bytes = exchange.getRequestURI().length() + exchange.getQueryString().length();
    HeaderMap headers = exchange.getRequestHeaders();
    for (long at = headers.fastIterateNonEmpty(); at != -1L; at = headers.fiNextNonEmpty(at)) {
      HeaderValues field = headers.fiCurrent(at);
      for (int i = 0; i < field.size(); i++) {
        bytes += field.getHeaderName().length() + field.get(i).length();
      }
    }
    return bytes >= LARGE_HEAD_BYTES;
  }

  /** Stops; what the backend has got stays without an end. */
  void stop() {
    pump.stop();
  }

  /** Whether the whole body is with the backend. */
  boolean isDone() {
    return done;
  }

  void backendWantsIt(HttpServerExchange exchange) {
    if (awaitsContinue) {
      awaitsContinue = false;
      HttpContinue.sendContinueResponse(exchange, new ContinueSent());
    }
  }

  /** Whether it is the client's turn. */
  boolean waitsForClient() {
    return !pump.waitsForSink() && !awaitsContinue;
  }

  long idleNanos(long nowNanos) {
    return nowNanos - pump.lastProgressNanos();
  }

  /** Who is late: the backend that takes nothing, or the client that sends nothing. */
  @Nullable Refusal late(long nowNanos, Timeouts timeouts) {
    if (pump.waitsForSink()) {
      boolean stuck = pump.isSinkStuck(nowNanos, timeouts.write().toNanos());
      return stuck ? Refusal.BACKEND_TIMEOUT : null;
    }
    long idleNanos = idleNanos(nowNanos);
    if (awaitsContinue) {
      return idleNanos >= timeouts.read().toNanos() ? Refusal.BACKEND_TIMEOUT : null;
    }
    return idleNanos >= timeouts.client().toNanos() ? Refusal.CLIENT_TIMEOUT : null;
  }

  @Override
  public void onRead(int count) {
    awaitsContinue = false;
    Passage passage = attempt.passage();
    if (passage.forwarding().guard().isTooLarge(pump.bytesRead())) {
      attempt.giveUp(Outcome.CLIENT_GONE);
      passage.refuse(Refusal.BODY_TOO_LARGE);
    }
  }

  @Override
  public void onSourceEnd() {}

  @Override
  public void onDone() {
    done = true;
    attempt.uploaded();
  }

  /** The client broke off, or what it sent is no body: the backend gets no end. */
  @Override
  public void onSourceFailed(IOException cause) {
    LOG.debug("the client broke its request off", cause);
    if (ChunkedRequest.isBadSyntax(cause)) {
      attempt.giveUp(Outcome.CLIENT_GONE);
      attempt.passage().refuse(Refusal.BAD_REQUEST);
    } else {
      attempt.passage().clientGone();
    }
  }

  /** The backend reads no more; its response, if there is one, still counts. */
  @Override
  public void onSinkFailed(IOException cause) {
    LOG.debug("the backend takes no more of the request", cause);
  }

  @Override
  public void onDefect(Throwable cause) {
    attempt.passage().defect(cause);
  }

  private static final class ContinueSent implements IoCallback {
    @Override
    public void onComplete(HttpServerExchange exchange, Sender sender) {
      LOG.trace("100 sent");
    }

    @Override
    public void onException(HttpServerExchange exchange, Sender sender, IOException exception) {
      LOG.debug("100 could not be sent", exception);
    }
  }
}
