package dev.usher.sidecar.protocol;

import io.undertow.connector.ByteBufferPool;
import io.undertow.connector.PooledByteBuffer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.xnio.channels.StreamSinkChannel;
import org.xnio.channels.StreamSourceChannel;

/**
 * Copies a body with one buffer: reads only when everything read before is written, flushes as soon
 * as the source has nothing more to give for now, holds no buffer while the source idles. A source
 * that breaks off leaves the sink open, so that the owner can truncate it; only a clean end ends
 * the sink. Lives on one IO thread.
 */
public final class BodyPump {
  /** Buffers moved before other connections of the thread get their turn. */
  private static final int BUFFERS_PER_TURN = 32;

  private final StreamSourceChannel source;
  private final Reader reader;
  private final Opening opening;
  private final ByteBufferPool buffers;
  private final Ticker ticker;
  private final Events events;

  private @Nullable StreamSinkChannel sink;
  private boolean opened;
  private boolean flushesFirst;
  private @Nullable PooledByteBuffer buffer;
  private boolean sourceEnded;
  private boolean sinkEnded;
  private boolean waitingForSink;
  private boolean writesResumed;

  /** A turn ended though the sink took all of it. */
  private boolean mayHaveRoom;

  private boolean over;
  private long bytesRead;
  private long lastProgressNanos;

  /** What is read from: the source, or something in front of it. */
  @FunctionalInterface
  public interface Reader {
    /** As {@link StreamSourceChannel#read(ByteBuffer)}; 0 only when the source has nothing. */
    int read(ByteBuffer into) throws IOException;
  }

  /** Gives the sink, null to throw everything away. */
  @FunctionalInterface
  public interface Opening {
    /** Called once, when there is something to write, or nothing for now, or the end. */
    @Nullable StreamSinkChannel open();
  }

  /** Told by the pump; may stop it. */
  public interface Events {
    /** {@code count} more bytes were read. */
    void onRead(int count);

    /** The source came to its clean end; what was read last may still have to be written. */
    void onSourceEnd();

    /** The sink has taken everything and is ended. */
    void onDone();

    /** Reading failed: the source broke off. The pump has stopped. */
    void onSourceFailed(IOException cause);

    /** Writing failed. The pump has stopped. */
    void onSinkFailed(IOException cause);

    /** A defect. The pump has stopped. */
    void onDefect(Throwable cause);
  }

  public BodyPump(
      StreamSourceChannel source,
      Opening opening,
      ByteBufferPool buffers,
      Ticker ticker,
      Events events) {
    this(source, source::read, opening, buffers, ticker, events);
  }

  /** With a {@code reader} that gives what {@code source} does, or did. */
  public BodyPump(
      StreamSourceChannel source,
      Reader reader,
      Opening opening,
      ByteBufferPool buffers,
      Ticker ticker,
      Events events) {
    this.source = source;
    this.reader = reader;
    this.opening = opening;
    this.buffers = buffers;
    this.ticker = ticker;
    this.events = events;
    this.lastProgressNanos = ticker.nanos();
  }

  /**
   * Sends what the sink holds back, a head, before the first of the body and not with it. To be
   * called before {@link #start} where both together may be more than a socket takes at once: when
   * it takes some of the body behind the head, Undertow's client forgets to count it.
   */
  public void flushFirst() {
    flushesFirst = true;
  }

  /** Starts; may be over when this returns. */
  public void start() {
    turn();
  }

  /** Stops for good; both channels stay as they are. */
  public void stop() {
    if (!over) {
      over = true;
      free();
      source.suspendReads();
      source.getReadSetter().set(null);
      StreamSinkChannel to = sink;
      if (to != null) {
        to.suspendWrites();
        to.getWriteSetter().set(null);
      }
    }
  }

  public long bytesRead() {
    return bytesRead;
  }

  /** Whether the sink, not the source, is what the pump waits for. */
  public boolean waitsForSink() {
    return waitingForSink;
  }

  public long lastProgressNanos() {
    return lastProgressNanos;
  }

  /**
   * Whether the sink, which the pump waits for, has taken nothing for {@code limitNanos}. Tries it
   * once more before it says so: a socket tells of room only when there is a lot. To be asked
   * often: what a turn has left of that room is filled at the next question, and not taken for
   * progress of the other side when the time is over.
   */
  public boolean isSinkStuck(long nowNanos, long limitNanos) {
    boolean late = nowNanos - lastProgressNanos >= limitNanos;
    if (waitingForSink && (late || mayHaveRoom)) {
      turn();
    }
    return !over && waitingForSink && nowNanos - lastProgressNanos >= limitNanos;
  }

  private void turn() {
    mayHaveRoom = false;
    try {
      for (int i = 0; i < BUFFERS_PER_TURN; i++) {
        if (over || !write() || !read()) {
          return;
        }
      }
      source.suspendReads();
      yieldTurn();
    } catch (Throwable e) {
      stop();
      events.onDefect(e);
    }
  }

  /**
   * Goes on after the thread has looked at its other connections. Not by {@code execute}: XNIO runs
   * tasks until there are none, and only then looks at timers and sockets. Nor by the source, which
   * may hold bytes that no socket tells of.
   */
  private void yieldTurn() {
    StreamSinkChannel to = sink();
    if (to == null) {
      source.getIoThread().executeAfter(this::turn, 1, TimeUnit.MILLISECONDS);
    } else {
      waitForSink(to);
      mayHaveRoom = true;
    }
  }

  /** Reads until the buffer is full or nothing comes; whether there is something to write. */
  private boolean read() {
    ByteBuffer into = allocate();
    int count = 0;
    int last = 0;
    try {
      while (into.hasRemaining() && (last = reader.read(into)) > 0) {
        count += last;
      }
    } catch (IOException e) {
      stop();
      events.onSourceFailed(e);
      return false;
    }
    into.flip();
    sourceEnded = last < 0;
    if (count > 0) {
      progress();
      bytesRead += count;
      events.onRead(count);
    }
    if (sourceEnded && !over) {
      events.onSourceEnd();
    }
    return !over && (count > 0 || sourceEnded || idle());
  }

  /** The source has nothing for now. */
  private boolean idle() {
    free();
    StreamSinkChannel to = sink();
    try {
      if (to != null) {
        resumeWrites(to, !to.flush());
      }
    } catch (IOException e) {
      stop();
      events.onSinkFailed(e);
      return false;
    }
    waitingForSink = false;
    listenToSource();
    source.resumeReads();
    return false;
  }

  /** Writes what the buffer holds; whether there is room for more reading. */
  private boolean write() {
    PooledByteBuffer held = buffer;
    if (held == null && !sourceEnded) {
      return true;
    }
    StreamSinkChannel to = sink();
    try {
      if (to == null) {
        return sourceEnded ? finish() : true;
      }
      if (flushesFirst && !to.flush()) {
        source.suspendReads();
        return waitForSink(to);
      }
      flushesFirst = false;
      while (held != null && held.getBuffer().hasRemaining()) {
        ByteBuffer from = held.getBuffer();
        int before = from.remaining();
        int written = sourceEnded ? to.writeFinal(from) : to.write(from);
        // Undertow's chunked sinks may say 0 for what went out together with the head.
        if (written == 0 && from.remaining() == before) {
          source.suspendReads();
          return waitForSink(to);
        }
        sinkEnded = sourceEnded;
        progress();
      }
      waitingForSink = false;
      if (!sourceEnded) {
        resumeWrites(to, false);
        return true;
      }
      free();
      if (!sinkEnded) {
        sinkEnded = true;
        to.shutdownWrites();
      }
      return to.flush() ? finish() : waitForSink(to);
    } catch (IOException e) {
      stop();
      events.onSinkFailed(e);
      return false;
    }
  }

  private boolean finish() {
    stop();
    events.onDone();
    return false;
  }

  /** Always false: there is no going on. */
  private boolean waitForSink(StreamSinkChannel to) {
    waitingForSink = true;
    resumeWrites(to, true);
    return false;
  }

  private @Nullable StreamSinkChannel sink() {
    if (!opened) {
      opened = true;
      sink = opening.open();
    }
    return sink;
  }

  private void resumeWrites(StreamSinkChannel to, boolean resumed) {
    if (resumed != writesResumed) {
      writesResumed = resumed;
      if (resumed) {
        to.getWriteSetter().set(channel -> turn());
        to.resumeWrites();
      } else {
        to.suspendWrites();
      }
    }
  }

  private void listenToSource() {
    source.getReadSetter().set(channel -> turn());
  }

  private void progress() {
    lastProgressNanos = ticker.nanos();
  }

  private ByteBuffer allocate() {
    PooledByteBuffer held = buffer;
    if (held == null) {
      held = buffers.allocate();
      buffer = held;
    }
    held.getBuffer().clear();
    return held.getBuffer();
  }

  private void free() {
    PooledByteBuffer held = buffer;
    if (held != null) {
      buffer = null;
      held.close();
    }
  }
}
