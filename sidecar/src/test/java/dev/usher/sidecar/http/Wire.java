package dev.usher.sidecar.http;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A socket in bytes: either end of a connection, with a deadline for every read. */
final class Wire implements Closeable {
  private static final int READ_TIMEOUT_MILLIS = 5_000;

  final Socket socket;
  private final InputStream in;
  private final OutputStream out;

  Wire(Socket socket) throws IOException {
    this.socket = socket;
    socket.setSoTimeout(READ_TIMEOUT_MILLIS);
    socket.setTcpNoDelay(true);
    in = socket.getInputStream();
    out = socket.getOutputStream();
  }

  static Wire to(int port) throws IOException {
    Socket socket = new Socket();
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 2_000);
    return new Wire(socket);
  }

  Wire send(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    return this;
  }

  void send(byte[] bytes) throws IOException {
    out.write(bytes);
  }

  /** Up to and with the empty line; what came if the other side ended before. */
  String head() throws IOException {
    return until("\r\n\r\n");
  }

  String until(String end) throws IOException {
    StringBuilder text = new StringBuilder();
    while (!text.toString().endsWith(end)) {
      int b = in.read();
      if (b < 0) {
        break;
      }
      text.append((char) b);
    }
    return text.toString();
  }

  String bytes(int count) throws IOException {
    return new String(in.readNBytes(count), StandardCharsets.ISO_8859_1);
  }

  /** Reads {@code count} bytes and forgets them. */
  void skip(long count) throws IOException {
    in.skipNBytes(count);
  }

  /** Everything to the end; "RESET" at its end if that was a reset. */
  String rest() throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    byte[] chunk = new byte[8192];
    try {
      int count;
      while ((count = in.read(chunk)) > 0) {
        text.write(chunk, 0, count);
      }
    } catch (java.net.SocketTimeoutException e) {
      throw new AssertionError("no end after: " + text.toString(StandardCharsets.ISO_8859_1), e);
    } catch (java.net.SocketException e) {
      return text.toString(StandardCharsets.ISO_8859_1) + "RESET";
    }
    return text.toString(StandardCharsets.ISO_8859_1);
  }

  /** A whole response with a Content-Length. */
  String response() throws IOException {
    String head = head();
    int at = head.toLowerCase(java.util.Locale.ROOT).indexOf("content-length: ");
    if (at < 0) {
      return head;
    }
    int length = Integer.parseInt(head.substring(at + 16, head.indexOf('\r', at)));
    return head + bytes(length);
  }

  /** The data of a chunked body (RFC 9112, 7.1), read to its end. */
  String chunks() throws IOException {
    StringBuilder data = new StringBuilder();
    while (true) {
      String size = until("\r\n");
      int count = Integer.parseInt(size.strip(), 16);
      data.append(bytes(count));
      if (!until("\r\n").equals("\r\n")) {
        throw new AssertionError("no CRLF behind a chunk of " + count + ", got: " + data);
      }
      if (count == 0) {
        return data.toString();
      }
    }
  }

  boolean isClosedByPeer() {
    try {
      return in.read() < 0;
    } catch (java.net.SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  /** Ends the connection with a reset. */
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
