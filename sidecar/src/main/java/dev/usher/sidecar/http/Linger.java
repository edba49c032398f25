package dev.usher.sidecar.http;

import io.undertow.server.AbstractServerConnection;
import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xnio.IoUtils;
import org.xnio.StreamConnection;
import org.xnio.XnioExecutor;
import org.xnio.conduits.ConduitStreamSourceChannel;

/**
 * Closes a connection whose client is still sending: ends our side, reads what comes for a while
 * and closes then. Closed at once, the kernel would answer the rest with a reset, and the client
 * would lose the response that it has not read yet (RFC 9112 section 9.6).
 */
final class Linger {
  private static final Logger LOG = LoggerFactory.getLogger(Linger.class);

  private static final long LINGER_MILLIS = 2_000;

  private final StreamConnection connection;
  private final ByteBuffer waste = ByteBuffer.allocate(16 * 1024);
  private final XnioExecutor.Key timer;

  private Linger(StreamConnection connection) {
    this.connection = connection;
    this.timer =
        connection
            .getIoThread()
            .executeAfter(
                () -> IoUtils.safeClose(connection), LINGER_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Does nothing for a request that was read to its end: Undertow goes on then. */
  static void unlessComplete(HttpServerExchange exchange) {
    if (exchange.isRequestComplete() || !exchange.getConnection().isOpen()) {
      return;
    }
    if (exchange.getConnection() instanceof AbstractServerConnection server) {
      try {
        server.clearChannel();
        new Linger(server.getChannel()).start();
      } catch (RejectedExecutionException e) {
        LOG.debug("no time to linger: the worker has ended", e);
        IoUtils.safeClose(server);
      }
    } else {
      exchange.endExchange();
    }
  }

  private void start() {
    try {
      connection.getSinkChannel().shutdownWrites();
      connection.getSinkChannel().flush();
    } catch (IOException e) {
      close();
      return;
    }
    connection.getSourceChannel().setReadListener(this::drain);
    connection.getSourceChannel().wakeupReads();
  }

  private void drain(ConduitStreamSourceChannel source) {
    try {
      int count;
      do {
        waste.clear();
        count = source.read(waste);
      } while (count > 0);
      if (count < 0) {
        close();
      }
    } catch (IOException e) {
      close();
    }
  }

  private void close() {
    timer.remove();
    IoUtils.safeClose(connection);
  }
}
