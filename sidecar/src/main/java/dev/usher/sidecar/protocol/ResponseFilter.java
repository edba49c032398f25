package dev.usher.sidecar.protocol;

import io.undertow.connector.ByteBufferPool;
import io.undertow.connector.PooledByteBuffer;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.xnio.channels.StreamSinkChannel;
import org.xnio.conduits.AbstractStreamSourceConduit;
import org.xnio.conduits.StreamSourceConduit;

/**
 * Sits between the socket and Undertow's response parser, which would take a 103 for the final
 * response, and its chunk reader, which takes {@code xyz} for the last chunk and skips whatever
 * follows a chunk's data: gives the head alone first, so that everything behind it can be checked.
 */
final class ResponseFilter extends AbstractStreamSourceConduit<StreamSourceConduit> {
  private @Nullable HeadScan head;
  private @Nullable ChunkSyntax chunks;

  private final ByteBufferPool buffers;

  /** Came together with the head. */
  private @Nullable PooledByteBuffer rest;

  private boolean received;
  private boolean surplus;

  /**
   * @param buffers of the size that the parser reads into
   */
  ResponseFilter(StreamSourceConduit next, ByteBufferPool buffers) {
    super(next);
    this.buffers = buffers;
  }

  /** A request is about to be sent. */
  void expectResponse(HeadScan.Listener toTell) {
    head = new HeadScan(toTell);
    chunks = null;
    free();
    received = false;
    surplus = false;
  }

  /** The head has come; what follows must be a chunked body. */
  void expectChunks() {
    chunks = new ChunkSyntax();
  }

  /** Whether anything has come since {@link #expectResponse}. */
  boolean received() {
    return received;
  }

  /** Whether more came than the response that has been read. */
  boolean hasSurplus() {
    return surplus || rest != null;
  }

  @Override
  public int read(ByteBuffer dst) throws IOException {
    HeadScan scan = head;
    return scan == null ? readBody(dst) : readHead(scan, dst);
  }

  private int readHead(HeadScan scan, ByteBuffer dst) throws IOException {
    int from = dst.position();
    while (dst.position() == from) {
      scan.restore(dst);
      int limit = dst.limit();
      dst.limit(limit - 1);
      int count = super.read(dst);
      dst.limit(limit);
      if (count <= 0) {
        dst.position(from);
        return count;
      }
      received = true;
      int to = dst.position();
      int end = scan.scan(dst, from);
      if (scan.isDone()) {
        head = null;
        keepRest(dst, end, scan.endAfterScan(to));
      }
    }
    return dst.position() - from;
  }

  private void keepRest(ByteBuffer buffer, int from, int to) {
    if (from < to) {
      PooledByteBuffer pooled = buffers.allocate();
      ByteBuffer kept = pooled.getBuffer();
      kept.put(0, buffer, from, to - from);
      kept.position(0).limit(to - from);
      rest = pooled;
    }
  }

  /** Gives back what it holds; to be called when the connection is closed. */
  void free() {
    PooledByteBuffer held = rest;
    if (held != null) {
      rest = null;
      held.close();
    }
  }

  private int readBody(ByteBuffer dst) throws IOException {
    int from = dst.position();
    int count = rest == null ? super.read(dst) : readRest(rest.getBuffer(), dst);
    ChunkSyntax syntax = chunks;
    if (syntax == null || count == 0) {
      return count;
    }
    if (count < 0) {
      throw new EOFException("the response ended before its chunked body");
    }
    check(syntax, dst, from);
    return dst.position() - from;
  }

  private int readRest(ByteBuffer kept, ByteBuffer dst) {
    int count = Math.min(kept.remaining(), dst.remaining());
    int limit = kept.limit();
    kept.limit(kept.position() + count);
    dst.put(kept);
    kept.limit(limit);
    if (!kept.hasRemaining()) {
      free();
    }
    return count;
  }

  /** Nobody gets what follows the body: its connection will not be used again. */
  private void check(ChunkSyntax syntax, ByteBuffer dst, int from) throws IOException {
    ByteBuffer come = dst.duplicate();
    come.limit(dst.position()).position(from);
    syntax.check(come);
    if (syntax.isDone()) {
      chunks = null;
      surplus = come.hasRemaining();
      dst.position(come.position());
    }
  }

  @Override
  public long read(ByteBuffer[] dsts, int offs, int len) throws IOException {
    for (int i = offs; i < offs + len; i++) {
      if (dsts[i].hasRemaining()) {
        return read(dsts[i]);
      }
    }
    return 0;
  }

  @Override
  public long transferTo(long count, ByteBuffer throughBuffer, StreamSinkChannel target)
      throws IOException {
    throw new IOException("a response must be read, it cannot be transferred");
  }
}
