package dev.usher.sidecar.store.record;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * A file through a window of 1 MiB; never mapped, so that a file cut short meanwhile is only short.
 */
final class FileBytes implements Bytes {
  private static final int WINDOW_BYTES = 1 << 20;

  private final FileChannel channel;
  private ByteBuffer window = ByteBuffer.allocate(WINDOW_BYTES).limit(0);
  private long start;

  FileBytes(FileChannel channel) {
    this.channel = channel;
  }

  @Override
  public ByteBuffer at(long position, int length) throws IOException {
    if (position < start || position + length > start + window.limit()) {
      fill(position, length);
    }
    int from = (int) (position - start);
    return window.slice(from, Math.min(length, window.limit() - from));
  }

  /** Forgets the window: what it held may have changed. */
  void refresh() {
    window.limit(0);
  }

  private void fill(long position, int length) throws IOException {
    int wanted = Math.max(length, WINDOW_BYTES);
    if (window.capacity() < wanted || window.capacity() > 2 * wanted) {
      window = ByteBuffer.allocate(wanted);
    }
    window.clear();
    start = position;
    while (window.hasRemaining() && channel.read(window, position + window.position()) > 0) {
      // Until the window is full or the file at its end.
    }
    window.flip();
  }
}
