package dev.usher.sidecar.http;

import dev.usher.sidecar.protocol.ChunkSyntax;
import io.undertow.conduits.ReadDataStreamSourceConduit;
import io.undertow.connector.PooledByteBuffer;
import io.undertow.server.Connectors;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpServerConnection;
import io.undertow.util.Headers;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;
import org.xnio.channels.StreamSinkChannel;
import org.xnio.channels.StreamSourceChannel;
import org.xnio.conduits.AbstractStreamSourceConduit;
import org.xnio.conduits.ConduitReadableByteChannel;
import org.xnio.conduits.StreamSourceConduit;

/**
 * Decodes a chunked request body in place of Undertow's reader, which takes {@code xyz} for the
 * last chunk, skips whatever follows a chunk's data and accepts bare line feeds: what one reader
 * takes for a body another would take for the next request.
 */
public final class ChunkedRequest extends AbstractStreamSourceConduit<StreamSourceConduit> {
  private final HttpServerExchange exchange;
  private final HttpServerConnection connection;
  private final ChunkSyntax syntax = new ChunkSyntax();

  private ChunkedRequest(HttpServerExchange exchange, HttpServerConnection connection) {
    super(new ReadDataStreamSourceConduit(connection.getOriginalSourceConduit(), connection));
    this.exchange = exchange;
    this.connection = connection;
  }

  /** The exchange's request channel, which it gives once only. */
  static StreamSourceChannel channel(HttpServerExchange exchange) {
    install(exchange);
    return exchange.getRequestChannel();
  }

  /** For handlers that read bodies with Undertow's own means. */
  public static HttpHandler before(HttpHandler next) {
    return exchange -> {
      install(exchange);
      next.handleRequest(exchange);
    };
  }

  private static void install(HttpServerExchange exchange) {
    if (!exchange.isRequestComplete()
        && exchange.getRequestHeaders().contains(Headers.TRANSFER_ENCODING)
        && exchange.getConnection() instanceof HttpServerConnection connection) {
      connection
          .getChannel()
          .getSourceChannel()
          .setConduit(new ChunkedRequest(exchange, connection));
    }
  }

  @Override
  public int read(ByteBuffer dst) throws IOException {
    int count = 0;
    while (dst.hasRemaining() && !syntax.isDone()) {
      int before = dst.position();
      boolean more = syntax.dataBytes() > 0 ? readData(dst) : readFraming(dst);
      count += dst.position() - before;
      if (!more) {
        return count;
      }
    }
    return count == 0 && syntax.isDone() ? -1 : count;
  }

  /** Within a chunk's data: straight into {@code dst}. */
  private boolean readData(ByteBuffer dst) throws IOException {
    int limit = dst.limit();
    dst.limit(dst.position() + (int) Math.min(dst.remaining(), syntax.dataBytes()));
    try {
      int count = next.read(dst);
      checkEnd(count);
      syntax.dataRead(count);
      return count > 0;
    } finally {
      dst.limit(limit);
    }
  }

  private boolean readFraming(ByteBuffer dst) throws IOException {
    @Nullable PooledByteBuffer pooled = connection.getByteBufferPool().allocate();
    try {
      ByteBuffer raw = pooled.getBuffer();
      int count = next.read(raw);
      checkEnd(count);
      raw.flip();
      syntax.decode(raw, dst);
      if (raw.hasRemaining()) {
        connection.ungetRequestBytes(pooled);
        pooled = null;
      }
      if (syntax.isDone()) {
        Connectors.terminateRequest(exchange);
      }
      return count > 0;
    } finally {
      if (pooled != null) {
        pooled.close();
      }
    }
  }

  private static void checkEnd(int count) throws IOException {
    if (count < 0) {
      throw new IOException("the connection ended before its chunked body");
    }
  }

  @Override
  public long read(ByteBuffer[] dsts, int offset, int length) throws IOException {
    for (int i = offset; i < offset + length; i++) {
      if (dsts[i].hasRemaining()) {
        return read(dsts[i]);
      }
    }
    return 0;
  }

  @Override
  public long transferTo(long position, long count, FileChannel target) throws IOException {
    return target.transferFrom(new ConduitReadableByteChannel(this), position, count);
  }

  @Override
  public long transferTo(long count, ByteBuffer throughBuffer, StreamSinkChannel target)
      throws IOException {
    return IoUtils.transfer(new ConduitReadableByteChannel(this), count, throughBuffer, target);
  }

  /** Whether {@code cause} says that the body was no body. */
  static boolean isBadSyntax(IOException cause) {
    return cause instanceof ProtocolException;
  }
}
