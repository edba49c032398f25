package dev.usher.sidecar.http;

import io.undertow.connector.PooledByteBuffer;
import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xnio.channels.StreamSourceChannel;

/**
 * The body of a request that is refused. One that is there already is read, since its connection
 * can be used again then; nobody waits for more of it.
 */
final class UnwantedBody {
  private static final Logger LOG = LoggerFactory.getLogger(UnwantedBody.class);

  /** Most that is read; with more to come, the connection is closed behind the answer. */
  private static final int MAX_BYTES = 64 * 1024;

  private UnwantedBody() {}

  /** On the exchange's IO thread, while nobody else reads from {@code body}. */
  static void read(HttpServerExchange exchange, StreamSourceChannel body) {
    try (PooledByteBuffer pooled = exchange.getConnection().getByteBufferPool().allocate()) {
      ByteBuffer waste = pooled.getBuffer();
      int left = MAX_BYTES;
      int count;
      while (left > 0 && (count = body.read(waste)) > 0) {
        left -= count;
        waste.clear();
      }
    } catch (IOException e) {
      LOG.debug("what came of the body is broken", e);
    }
  }
}
