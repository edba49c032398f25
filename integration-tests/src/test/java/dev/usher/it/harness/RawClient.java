package dev.usher.it.harness;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A connection to the sidecar that sends exactly what it is told. One thread. */
public final class RawClient implements AutoCloseable {
  private final Socket socket;
  private final InputStream in;
  private final HttpInput input;
  private final String host;
  private boolean bodyless;

  private RawClient(Socket socket, int port) throws IOException {
    this.socket = socket;
    this.host = "127.0.0.1:" + port;
    in = new BufferedInputStream(socket.getInputStream(), 16 * 1024);
    input = new HttpInput(in);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout((int) Await.DEADLINE.toMillis());
  }

  public static RawClient connect(int port) {
    return connect(port, 1, 0);
  }

  /** Connects from 127.0.0.x, with a receive buffer of that size (0: the system's). */
  public static RawClient connect(int port, int lastOctet, int receiveBufferBytes) {
    Socket socket = new Socket();
    try {
      if (receiveBufferBytes > 0) {
        socket.setReceiveBufferSize(receiveBufferBytes);
      }
      socket.bind(
          new InetSocketAddress(
              InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) lastOctet}), 0));
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return new RawClient(socket, port);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends text as it is, one byte a character. */
  public RawClient send(String raw) {
    return send(raw.getBytes(ISO_8859_1), raw.length());
  }

  public RawClient send(byte[] bytes, int length) {
    try {
      socket.getOutputStream().write(bytes, 0, length);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends the head of a request with a Host. */
  public RawClient head(String method, String target, String... fields) {
    bodyless = method.equals("HEAD");
    StringBuilder head =
        new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: " + host + "\r\n");
    for (String field : fields) {
      head.append(field).append("\r\n");
    }
    return send(head.append("\r\n").toString());
  }

  public RawClient get(String target, String... fields) {
    return head("GET", target, fields);
  }

  public RawClient post(String target, String body, String... fields) {
    byte[] bytes = body.getBytes(UTF_8);
    String[] all = java.util.Arrays.copyOf(fields, fields.length + 1);
    all[fields.length] = "Content-Length: " + bytes.length;
    return head("POST", target, all).send(bytes, bytes.length);
  }

  /** Reads one final response; interim ones (1xx) are read over. */
  public Answer read() {
    Answer answer = readAny();
    while (answer.status() >= 100 && answer.status() < 200 && answer.status() != 101) {
      answer = readAny();
    }
    return answer;
  }

  private void patience(Duration within) throws SocketException {
    socket.setSoTimeout((int) within.toMillis());
  }

  /** Reads one response, interim or final. */
  public Answer readAny() {
    try {
      patience(Await.DEADLINE);
      Head head = readHead();
      if (head == null) {
        throw new AssertionError("the connection ended without a response");
      }
      Digest body = new Digest();
      int status = Integer.parseInt(head.word(1));
      return new Answer(
          status, head, body, input.copyBody(head, body, bodyless || hasNoBody(status)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean hasNoBody(int status) {
    return status < 200 || status == 204 || status == 304;
  }

  /** The next head alone; null when the connection is closed instead. */
  public @Nullable Head readHead() throws IOException {
    return input.readHead();
  }

  /** Reads exactly that many bytes of whatever comes. */
  public String readBytes(int count) {
    try {
      byte[] bytes = in.readNBytes(count);
      if (bytes.length < count) {
        throw new AssertionError("the connection ended after " + bytes.length + " bytes");
      }
      return new String(bytes, ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads byte by byte until what has come ends with {@code end}. */
  public String readUntil(String end) {
    StringBuilder read = new StringBuilder();
    while (!read.toString().endsWith(end)) {
      read.append(readBytes(1));
    }
    return read.toString();
  }

  /** Reads whatever comes until the other side closes or resets the connection. */
  public String readToEnd() {
    try {
      Digest rest = new Digest();
      input.copyUntilBroken(rest);
      return new String(rest.beginning(), ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether bytes of an answer have come and were not read yet. */
  public boolean hasAnswer() {
    try {
      return in.available() > 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until a byte of an answer has come or the time is over; reads nothing. */
  public void awaitAnswer(Duration within) {
    try {
      patience(within);
      in.mark(1);
      if (in.read() >= 0) {
        in.reset();
      }
    } catch (SocketTimeoutException nothingCame) {
      return;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits for the other side to close; false when it sends something or nothing in time. */
  public boolean closedByPeer(Duration within) {
    try {
      patience(within);
      return in.read() < 0;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (SocketException e) {
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public boolean closedByPeer() {
    return closedByPeer(Await.DEADLINE);
  }

  /** Leaves with a reset. */
  public void abort() {
    try {
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Leaves in good order (FIN). */
  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
