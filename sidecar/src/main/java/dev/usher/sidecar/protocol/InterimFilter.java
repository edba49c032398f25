package dev.usher.sidecar.protocol;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.xnio.channels.StreamSinkChannel;
import org.xnio.conduits.AbstractStreamSourceConduit;
import org.xnio.conduits.StreamSourceConduit;

/**
 * Sits between the socket and Undertow's response parser, which would take a 103 for the final
 * response: takes interim responses (1xx, RFC 9110 section 15.2) out, refuses what does not begin
 * like HTTP/1.x and heads that are too long, and knows whether anything has come at all.
 */
final class InterimFilter extends AbstractStreamSourceConduit<StreamSourceConduit> {
  /** Longest response head, interim ones included. */
  static final int MAX_HEAD_BYTES = 256 * 1024;

  /** As much as tells the status: {@code HTTP/1.1 200}. */
  private static final int START_BYTES = 12;

  private static final String VERSION = "HTTP/1.";
  private static final int SWITCHING_PROTOCOLS = 101;

  /** Told what passes, while it is read. */
  interface Listener {
    void onInterim(int status);

    void onFinal(int status);
  }

  private enum Mode {
    /** A response's first bytes are to come. */
    START,
    /** Within an interim head. */
    INTERIM,
    /** Within the final head. */
    HEAD,
    /** Behind the head, or no response is due. */
    PASS
  }

  private final byte[] carried = new byte[START_BYTES];
  private int carriedBytes;
  private Mode mode = Mode.PASS;
  private Listener listener = Silent.INSTANCE;
  private boolean lineEmpty;
  private int headBytes;
  private boolean received;

  InterimFilter(StreamSourceConduit next) {
    super(next);
  }

  /** A request is about to be sent. */
  void expectResponse(Listener toTell) {
    listener = toTell;
    mode = Mode.START;
    carriedBytes = 0;
    headBytes = 0;
    received = false;
  }

  /** Whether anything has come since {@link #expectResponse}. */
  boolean received() {
    return received;
  }

  @Override
  public int read(ByteBuffer dst) throws IOException {
    while (mode != Mode.PASS) {
      int from = dst.position();
      dst.put(carried, 0, carriedBytes);
      int count = super.read(dst);
      if (count <= 0) {
        dst.position(from);
        return count;
      }
      received = true;
      carriedBytes = 0;
      int end = filter(dst, from, dst.position());
      dst.position(end);
      if (end > from) {
        return end - from;
      }
    }
    return super.read(dst);
  }

  @Override
  public long read(ByteBuffer[] dsts, int offs, int len) throws IOException {
    if (mode == Mode.PASS) {
      return super.read(dsts, offs, len);
    }
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
    if (mode == Mode.PASS) {
      return super.transferTo(count, throughBuffer, target);
    }
    throw new IOException("a response head cannot be transferred");
  }

  /** Moves what is to be kept of {@code from..to} to its front; returns where that ends. */
  private int filter(ByteBuffer buffer, int from, int to) throws IOException {
    int kept = from;
    int at = from;
    while (at < to) {
      if (mode == Mode.PASS) {
        return move(buffer, at, to, kept);
      }
      int headEnd = mode == Mode.START ? start(buffer, at, to) : skipHead(buffer, at, to);
      if (mode == Mode.START && carriedBytes > 0) {
        return kept;
      }
      // An interim head that has ended has put the mode back to START.
      if (mode == Mode.HEAD || mode == Mode.PASS) {
        kept = move(buffer, at, headEnd, kept);
      }
      at = headEnd;
    }
    return kept;
  }

  private int start(ByteBuffer buffer, int at, int to) throws IOException {
    if (to - at < START_BYTES) {
      carriedBytes = to - at;
      buffer.get(at, carried, 0, carriedBytes);
      checkVersion(buffer, at, carriedBytes);
      return to;
    }
    checkVersion(buffer, at, START_BYTES);
    int status = status(buffer, at + START_BYTES - 3);
    if (status == SWITCHING_PROTOCOLS) {
      throw new IOException("the backend switches protocols without being asked");
    }
    lineEmpty = false;
    if (status < 200) {
      mode = Mode.INTERIM;
      listener.onInterim(status);
    } else {
      mode = Mode.HEAD;
      listener.onFinal(status);
    }
    return at + START_BYTES;
  }

  /** Finds the empty line; returns the index behind what belongs to the head. */
  private int skipHead(ByteBuffer buffer, int at, int to) throws IOException {
    for (int i = at; i < to; i++) {
      byte b = buffer.get(i);
      if (b == '\n') {
        if (lineEmpty) {
          mode = mode == Mode.INTERIM ? Mode.START : Mode.PASS;
          headBytes += i + 1 - at;
          return i + 1;
        }
        lineEmpty = true;
      } else if (b != '\r') {
        lineEmpty = false;
      }
    }
    headBytes += to - at;
    if (headBytes > MAX_HEAD_BYTES) {
      throw new IOException("the response's head is longer than " + MAX_HEAD_BYTES + " bytes");
    }
    return to;
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

  private enum Silent implements Listener {
    INSTANCE;

    @Override
    public void onInterim(int status) {}

    @Override
    public void onFinal(int status) {}
  }
}
