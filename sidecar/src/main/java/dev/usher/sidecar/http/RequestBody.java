package dev.usher.sidecar.http;

import dev.usher.sidecar.protocol.BodyPump;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.xnio.channels.StreamSourceChannel;

/**
 * A request's body. What was read of it is kept while it fits, so that it can be read once more
 * from its beginning and sent to another backend. On the exchange's IO thread.
 */
final class RequestBody implements BodyPump.Reader {
  private static final byte[] NOTHING = {};
  private static final int FIRST_BYTES = 1024;

  private final StreamSourceChannel channel;
  private final long mostBytes;
  private byte[] kept = NOTHING;
  private int size;
  private int position;
  private boolean lost;
  private boolean ended;

  /**
   * @param mostBytes how much is kept; 0 for nothing
   */
  RequestBody(StreamSourceChannel channel, long mostBytes) {
    this.channel = channel;
    this.mostBytes = mostBytes;
  }

  StreamSourceChannel channel() {
    return channel;
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    if (position < size) {
      int count = Math.min(size - position, into.remaining());
      into.put(kept, position, count);
      position += count;
      return count;
    }
    if (ended) {
      return -1;
    }
    int from = into.position();
    int count = channel.read(into);
    if (count > 0) {
      keep(into, from, count);
    }
    ended = count < 0;
    return count;
  }

  private void keep(ByteBuffer read, int from, int count) {
    if (lost || size + count > mostBytes) {
      forget();
      return;
    }
    if (size + count > kept.length) {
      int room = Math.max(Math.max(FIRST_BYTES, 2 * kept.length), size + count);
      kept = Arrays.copyOf(kept, (int) Math.min(room, mostBytes));
    }
    read.get(from, kept, size, count);
    size += count;
    position = size;
  }

  /** Whether all of it can still be read from the beginning. */
  boolean canRewind() {
    return !lost;
  }

  /** The next read begins at the beginning. */
  void rewind() {
    position = 0;
  }

  /** There will be no second reading. What was read again and not taken yet is still given. */
  void forget() {
    lost = true;
    if (position == size) {
      kept = NOTHING;
      size = 0;
      position = 0;
    }
  }
}
