package dev.usher.sidecar.protocol;

import java.net.ProtocolException;
import java.nio.ByteBuffer;

/**
 * RFC 9112 section 7.1, to the letter, for one body in either direction; extensions and trailers
 * are checked and forgotten. For one thread.
 */
public final class ChunkSyntax {
  /** Longest chunk size in hexadecimal digits; longer ones would not fit a long. */
  private static final int MAX_SIZE_DIGITS = 15;

  /** Most bytes of one size line, and of all trailers. */
  private static final int MAX_LINE_BYTES = 4 * 1024;

  private static final int MAX_TRAILER_BYTES = 64 * 1024;

  private enum State {
    SIZE,
    EXTENSION,
    SIZE_LF,
    DATA,
    DATA_CR,
    DATA_LF,
    /** At the start of a line behind the last chunk. */
    TRAILER_START,
    TRAILER,
    TRAILER_LF,
    LAST_LF,
    DONE
  }

  private State state = State.SIZE;
  private long dataBytes;
  private int sizeDigits;
  private int lineBytes;

  /** Whether the empty line behind the last chunk has been read. */
  public boolean isDone() {
    return state == State.DONE;
  }

  /** How much of the current chunk's data is to come; 0 where framing is due. */
  public long dataBytes() {
    return state == State.DATA ? dataBytes : 0;
  }

  /** {@code count} bytes of data were read past this decoder. */
  public void dataRead(int count) {
    dataBytes -= count;
    if (dataBytes == 0) {
      state = State.DATA_CR;
    }
  }

  /**
   * Takes framing and data from {@code raw}, and puts data into {@code dst} while there is room.
   *
   * @throws ProtocolException if this is no chunked body
   */
  public void decode(ByteBuffer raw, ByteBuffer dst) throws ProtocolException {
    while (raw.hasRemaining() && state != State.DONE) {
      if (state == State.DATA) {
        if (!dst.hasRemaining()) {
          return;
        }
        copy(raw, dst);
      } else {
        state = next(raw.get());
      }
    }
  }

  /**
   * Passes over framing and data of {@code raw}, to the body's end at most.
   *
   * @throws ProtocolException if this is no chunked body
   */
  void check(ByteBuffer raw) throws ProtocolException {
    while (raw.hasRemaining() && state != State.DONE) {
      if (state == State.DATA) {
        int count = (int) Math.min(dataBytes, raw.remaining());
        raw.position(raw.position() + count);
        dataRead(count);
      } else {
        state = next(raw.get());
      }
    }
  }

  private void copy(ByteBuffer raw, ByteBuffer dst) {
    int count = (int) Math.min(dataBytes, Math.min(raw.remaining(), dst.remaining()));
    int limit = raw.limit();
    raw.limit(raw.position() + count);
    dst.put(raw);
    raw.limit(limit);
    dataRead(count);
  }

  private State next(byte b) throws ProtocolException {
    return switch (state) {
      case SIZE -> size(b);
      case EXTENSION -> b == '\r' ? State.SIZE_LF : text(b, State.EXTENSION, MAX_LINE_BYTES);
      case SIZE_LF -> sizeEnd(b);
      case DATA_CR -> expect(b, '\r', State.DATA_LF);
      case DATA_LF -> sizeStart(b);
      case TRAILER_START -> b == '\r' ? State.LAST_LF : text(b, State.TRAILER, MAX_TRAILER_BYTES);
      case TRAILER -> b == '\r' ? State.TRAILER_LF : text(b, State.TRAILER, MAX_TRAILER_BYTES);
      case TRAILER_LF -> expect(b, '\n', State.TRAILER_START);
      case LAST_LF -> expect(b, '\n', State.DONE);
      case DATA, DONE -> throw new IllegalStateException("no framing is due: " + state);
    };
  }

  private State size(byte b) throws ProtocolException {
    int digit = b < 0 ? -1 : Character.digit((char) b, 16);
    if (digit >= 0) {
      if (++sizeDigits > MAX_SIZE_DIGITS) {
        throw new ProtocolException("a chunk is too large");
      }
      dataBytes = (dataBytes << 4) | digit;
      return State.SIZE;
    }
    if (sizeDigits == 0) {
      throw new ProtocolException("a chunk has no size");
    }
    return switch (b) {
      case '\r' -> State.SIZE_LF;
      case ';', ' ', '\t' -> State.EXTENSION;
      default -> throw new ProtocolException("a chunk's size is no number");
    };
  }

  private State sizeStart(byte b) throws ProtocolException {
    expect(b, '\n', State.SIZE);
    sizeDigits = 0;
    lineBytes = 0;
    return State.SIZE;
  }

  private State sizeEnd(byte b) throws ProtocolException {
    expect(b, '\n', State.DATA);
    lineBytes = 0;
    return dataBytes == 0 ? State.TRAILER_START : State.DATA;
  }

  private State text(byte b, State following, int limit) throws ProtocolException {
    boolean control = (b >= 0 && b < ' ' && b != '\t') || b == 0x7F;
    if (control || ++lineBytes > limit) {
      throw new ProtocolException("a chunk's extension or a trailer is broken or too long");
    }
    return following;
  }

  private static State expect(byte b, char wanted, State following) throws ProtocolException {
    if (b != wanted) {
      throw new ProtocolException("a chunk's line does not end as it must");
    }
    return following;
  }
}
