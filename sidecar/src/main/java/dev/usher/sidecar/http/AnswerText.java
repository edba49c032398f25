package dev.usher.sidecar.http;

import dev.usher.sidecar.protocol.Ticker;
import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xnio.IoUtils;
import org.xnio.channels.StreamSinkChannel;

/**
 * The text of an answer on its way to a client, which is cut if it has not taken it all within its
 * patience. In the ticker only while it has to wait.
 */
final class AnswerText extends Ticker.Ticking {
  private static final Logger LOG = LoggerFactory.getLogger(AnswerText.class);

  private final HttpServerExchange exchange;
  private final StreamSinkChannel sink;
  private final ByteBuffer text;
  private final Ticker ticker;
  private final Duration patience;
  private boolean waiting;
  private long waitingSinceNanos;

  AnswerText(
      HttpServerExchange exchange,
      StreamSinkChannel sink,
      byte[] text,
      Ticker ticker,
      Duration patience) {
    this.exchange = exchange;
    this.sink = sink;
    this.text = ByteBuffer.wrap(text);
    this.ticker = ticker;
    this.patience = patience;
  }

  /** Writes what it can, and the rest when there is room. */
  void write() {
    try {
      while (text.hasRemaining()) {
        if (sink.writeFinal(text) == 0) {
          await();
          return;
        }
      }
      if (sink.flush()) {
        ticker.remove(this);
        Linger.unlessComplete(exchange);
      } else {
        await();
      }
    } catch (IOException e) {
      LOG.debug("the client left before its answer", e);
      cut();
    }
  }

  private void await() {
    if (!waiting) {
      waiting = true;
      waitingSinceNanos = ticker.nanos();
      ticker.add(this);
      sink.getWriteSetter().set(channel -> write());
      sink.resumeWrites();
    }
  }

  @Override
  protected void onTick(long nowNanos) {
    if (!exchange.getConnection().isOpen()) {
      ticker.remove(this);
    } else if (nowNanos - waitingSinceNanos >= patience.toNanos()) {
      LOG.debug("the client has not taken its answer within {}", patience);
      cut();
    }
  }

  /** Not persistent, so that Undertow does not turn to what else the client has sent. */
  private void cut() {
    ticker.remove(this);
    exchange.setPersistent(false);
    IoUtils.safeClose(exchange.getConnection());
  }
}
