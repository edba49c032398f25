package dev.usher.it.harness;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** A request that has reached a backend and waits for what the test does with it. Any thread. */
public final class Arrival {
  private final GateBackend backend;
  private final GateConnection connection;
  private final Socket socket;
  private final Head head;
  private final boolean onUsedConnection;
  private final Digest body = new Digest();
  private final CountDownLatch bodyRead = new CountDownLatch(1);
  private final AtomicBoolean inFlight = new AtomicBoolean(true);
  private volatile boolean bodyComplete;
  private volatile boolean gone;

  Arrival(
      GateBackend backend,
      GateConnection connection,
      Socket socket,
      Head head,
      boolean onUsedConnection) {
    this.onUsedConnection = onUsedConnection;
    this.backend = backend;
    this.connection = connection;
    this.socket = socket;
    this.head = head;
  }

  public Head head() {
    return head;
  }

  public String method() {
    return head.word(0);
  }

  public String target() {
    return head.word(1);
  }

  /** Identifies the connection it came on. */
  public int connection() {
    return socket.getPort();
  }

  /** Whether another request has come on its connection before. */
  public boolean isOnUsedConnection() {
    return onUsedConnection;
  }

  /** The backend's name for itself. */
  public GateBackend backend() {
    return backend;
  }

  /** What has come of the body so far. */
  public Digest body() {
    return body;
  }

  /** The whole body as text; fails when it does not come or breaks off. */
  public String bodyText() {
    awaitBody();
    if (!bodyComplete) {
      throw new AssertionError("the body of " + head.startLine() + " broke off");
    }
    return new String(body.beginning(), UTF_8);
  }

  /** Waits for the end of the body. */
  public Arrival awaitBody() {
    try {
      if (!bodyRead.await(60, TimeUnit.SECONDS)) {
        throw new AssertionError("the body of " + head.startLine() + " did not end");
      }
      return this;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  public boolean bodyComplete() {
    return bodyComplete;
  }

  /** Whether the other side has closed the connection before the answer was over. */
  public boolean gone() {
    return gone;
  }

  /** Opens the gate: answers with a length and a body. Does nothing when it is over already. */
  public void answer(int status, String text, String... fields) {
    byte[] bytes = text.getBytes(UTF_8);
    StringBuilder response = new StringBuilder("HTTP/1.1 " + status + " Whatever\r\n");
    for (String field : fields) {
      response.append(field).append("\r\n");
    }
    response.append("Content-Length: ").append(bytes.length).append("\r\n\r\n");
    if (!method().equals("HEAD")) {
      response.append(new String(bytes, ISO_8859_1));
    }
    awaitBody();
    if (end()) {
      write(response.toString());
    }
  }

  /** Opens the gate with 200 and the target as the body. */
  public void answer() {
    answer(200, target());
  }

  /** Writes bytes as they are; the request stays in flight until {@link #end}. */
  public Arrival write(String raw) {
    return write(raw.getBytes(ISO_8859_1));
  }

  public Arrival write(byte[] raw) {
    try {
      OutputStream out = socket.getOutputStream();
      out.write(raw);
      out.flush();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Says that what is written next ends the response: the request no longer counts in flight.
   * Returns whether it did until now.
   */
  public boolean end() {
    boolean first = inFlight.compareAndSet(true, false);
    if (first) {
      backend.left(this);
    }
    return first;
  }

  /** Closes the connection in good order (FIN). */
  public void hangUp() {
    close(false);
  }

  /** Breaks the connection off (RST). */
  public void reset() {
    close(true);
  }

  private void close(boolean hard) {
    end();
    try {
      connection.close(hard);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void bodyEnded(boolean complete) {
    bodyComplete = complete;
    bodyRead.countDown();
  }

  void connectionEnded() {
    gone = inFlight.get();
    end();
  }

  @Override
  public String toString() {
    return head.startLine();
  }
}
