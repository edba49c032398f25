package dev.usher.sidecar.http;

import io.undertow.connector.PooledByteBuffer;
import io.undertow.server.AbstractServerConnection;
import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.xnio.ChannelListener;
import org.xnio.conduits.ConduitStreamSourceChannel;

/**
 * Notices that an HTTP/1 client leaves while nobody reads from it. The only way to see its end is
 * to read what comes before: that is kept for the next reader, up to one buffer; a client that has
 * sent more (a pipelined request, a large body) is not seen to leave. A client that has ended its
 * side only (half-close) counts as gone. On the exchange's IO thread.
 */
final class ClientWatch {
  private final HttpServerExchange exchange;
  private final Runnable gone;
  private boolean watching;
  private @Nullable ChannelListener<? super ConduitStreamSourceChannel> before;

  ClientWatch(HttpServerExchange exchange, Runnable gone) {
    this.exchange = exchange;
    this.gone = gone;
  }

  /** Starts to watch; nobody else may read from the client until {@link #stop}. */
  void start() {
    if (exchange.getConnection() instanceof AbstractServerConnection server && !watching) {
      watching = true;
      ConduitStreamSourceChannel source = server.getChannel().getSourceChannel();
      before = source.getReadListener();
      source.setReadListener(channel -> look(server));
      // Around the conduits of the exchange, which would decode the body.
      server.getOriginalSourceConduit().resumeReads();
    }
  }

  /**
   * Hands the connection back; what was read meanwhile is read first by the next reader. The
   * listener of before comes back too: the exchange's request channel sets its own once only, and a
   * retry needs it.
   */
  void stop() {
    if (watching && exchange.getConnection() instanceof AbstractServerConnection server) {
      watching = false;
      server.getChannel().getSourceChannel().setReadListener(before);
      before = null;
    }
  }

  private void look(AbstractServerConnection server) {
    if (!watching) {
      server.getOriginalSourceConduit().suspendReads();
      return;
    }
    try {
      int count = server.getExtraBytes() == null ? readFirst(server) : readMore(server);
      if (count < 0) {
        stop();
        gone.run();
      }
    } catch (IOException e) {
      stop();
      gone.run();
    }
  }

  private static int readFirst(AbstractServerConnection server) throws IOException {
    PooledByteBuffer pooled = server.getByteBufferPool().allocate();
    boolean kept = false;
    try {
      ByteBuffer buffer = pooled.getBuffer();
      int count = server.getOriginalSourceConduit().read(buffer);
      if (count > 0) {
        buffer.flip();
        server.setExtraBytes(pooled);
        kept = true;
      }
      return count;
    } finally {
      if (!kept) {
        pooled.close();
      }
    }
  }

  private static int readMore(AbstractServerConnection server) throws IOException {
    ByteBuffer buffer = server.getExtraBytes().getBuffer();
    buffer.compact();
    try {
      if (!buffer.hasRemaining()) {
        server.getOriginalSourceConduit().suspendReads();
        return 0;
      }
      return server.getOriginalSourceConduit().read(buffer);
    } finally {
      buffer.flip();
    }
  }
}
