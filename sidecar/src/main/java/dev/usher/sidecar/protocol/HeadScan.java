package dev.usher.sidecar.protocol;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Follows the heads of a response as they come in: takes interim ones (1xx, RFC 9110 section 15.2)
 * out, refuses what does not begin like HTTP/1.x and heads that are too long, and finds where the
 * final head ends. Does no I/O; one object for one response.
 */
final class HeadScan {
  /**
   * Longest final head. It has to fit into one of the server's buffers together with what is added:
   * a longer one Undertow would send in pieces, and spoil it where the client's socket is full.
   */
  static final int MAX_HEAD_BYTES = 15 * 1024;

  /** Most bytes of all heads in front of it. */
  static final int MAX_INTERIM_BYTES = 256 * 1024;

  /** As much as tells the status: {@code HTTP/1.1 200}, and what follows it. */
  private static final int START_BYTES = 13;

  private static final int STATUS_END = 12;

  private static final String VERSION = "HTTP/1.";
  private static final int SWITCHING_PROTOCOLS = 101;

  /** Told what passes, while it is read. */
  interface Listener {
    /** Some bytes of a head, before what they say. */
    void onBytes();

    void onInterim(int status);

    void onFinal(int status);
  }

  private enum State {
    /** A head's first bytes are to come. */
    START,
    INTERIM,
    FINAL,
    /** Behind the final head. */
    DONE
  }

  private final Listener listener;
  private final byte[] carried = new byte[START_BYTES];
  private int carriedBytes;
  private State state = State.START;
  private boolean lineEmpty;
  private boolean blankAdded;
  private int headBytes;

  HeadScan(Listener listener) {
    this.listener = listener;
  }

  boolean isDone() {
    return state == State.DONE;
  }

  /** Where what the last scan has seen ends now, if it ended at {@code to} before. */
  int endAfterScan(int to) {
    return blankAdded ? to + 1 : to;
  }

  /** Puts back what could not be judged the last time; to be called before more is read. */
  void restore(ByteBuffer dst) {
    dst.put(carried, 0, carriedBytes);
  }

  /**
   * Keeps of {@code buffer} from {@code from} to its position, restored bytes included, what the
   * parser shall see: up to the end of the final head, at the front. Sets the position behind that.
   * Needs room for one byte more: the blank of a status line that ends behind its status (RFC 9112
   * section 4 wants it, but not everybody sends it).
   *
   * @return where what is behind the final head begins, if that is {@link #isDone done}
   */
  int scan(ByteBuffer buffer, int from) throws IOException {
    listener.onBytes();
    int to = buffer.position();
    int kept = from;
    int at = from;
    carriedBytes = 0;
    blankAdded = false;
    while (at < to && state != State.DONE) {
      boolean starts = state == State.START;
      int end = starts ? start(buffer, at, to) : skipHead(buffer, at, to);
      if (starts && state == State.FINAL && buffer.get(end) == '\r') {
        addBlank(buffer, end, to);
        to++;
      }
      // An interim head that has ended has put the state back to START.
      if (state == State.FINAL || state == State.DONE) {
        kept = move(buffer, at, end, kept);
      }
      at = end;
    }
    buffer.position(kept);
    return at;
  }

  private int start(ByteBuffer buffer, int at, int to) throws IOException {
    if (to - at < START_BYTES) {
      carriedBytes = to - at;
      buffer.get(at, carried, 0, carriedBytes);
      checkVersion(buffer, at, carriedBytes);
      return to;
    }
    checkVersion(buffer, at, START_BYTES);
    int status = status(buffer, at + STATUS_END - 3);
    if (status == SWITCHING_PROTOCOLS) {
      throw new IOException("the backend switches protocols without being asked");
    }
    lineEmpty = false;
    if (status < 200) {
      state = State.INTERIM;
      listener.onInterim(status);
    } else {
      state = State.FINAL;
      headBytes = 0;
      listener.onFinal(status);
    }
    return at + STATUS_END;
  }

  private void addBlank(ByteBuffer buffer, int at, int to) {
    for (int i = to; i > at; i--) {
      buffer.put(i, buffer.get(i - 1));
    }
    buffer.put(at, (byte) ' ');
    blankAdded = true;
  }

  /** Finds the empty line; returns the index behind what belongs to the head. */
  private int skipHead(ByteBuffer buffer, int at, int to) throws IOException {
    boolean isInterim = state == State.INTERIM;
    for (int i = at; i < to; i++) {
      byte b = buffer.get(i);
      if (b == '\n') {
        if (lineEmpty) {
          state = isInterim ? State.START : State.DONE;
          count(i + 1 - at, isInterim);
          return i + 1;
        }
        lineEmpty = true;
      } else if (b != '\r') {
        lineEmpty = false;
      }
    }
    count(to - at, isInterim);
    return to;
  }

  private void count(int bytes, boolean isInterim) throws IOException {
    headBytes += bytes;
    int max = isInterim ? MAX_INTERIM_BYTES : MAX_HEAD_BYTES;
    if (headBytes > max) {
      throw new IOException("the response's head is longer than " + max + " bytes");
    }
  }

  private static int move(ByteBuffer buffer, int from, int to, int target) {
    if (from == target) {
      return to;
    }
    for (int i = from; i < to; i++) {
      buffer.put(target + i - from, buffer.get(i));
    }
    return target + to - from;
  }

  private static void checkVersion(ByteBuffer buffer, int at, int count) throws IOException {
    for (int i = 0; i < Math.min(count, VERSION.length()); i++) {
      if (buffer.get(at + i) != VERSION.charAt(i)) {
        throw new IOException("the answer is not HTTP/1.x");
      }
    }
  }

  private static int status(ByteBuffer buffer, int at) throws IOException {
    int status = 0;
    for (int i = at; i < at + 3; i++) {
      int digit = buffer.get(i) - '0';
      if (digit < 0 || digit > 9) {
        throw new IOException("the answer's status is not a number");
      }
      status = status * 10 + digit;
    }
    if (status < 100) {
      throw new IOException("the answer's status is " + status);
    }
    return status;
  }
}
