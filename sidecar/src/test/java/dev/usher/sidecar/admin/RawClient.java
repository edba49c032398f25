package dev.usher.sidecar.admin;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/** Bytes to and from a socket, for requests that no proper client would send. */
final class RawClient implements AutoCloseable {
  private final Socket socket;

  RawClient(int port) {
    try {
      socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setSoTimeout(10_000);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One request, and the whole of what comes until the connection ends. */
  static String exchange(int port, String request) {
    try (RawClient client = new RawClient(port)) {
      client.send(request);
      return client.readAll();
    }
  }

  /** Sends {@code text} with its line ends as CRLF. */
  void send(String text) {
    sendBytes(text.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
  }

  void sendBytes(byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads until {@code end} has come. */
  String readUntil(String end) {
    StringBuilder text = new StringBuilder();
    try {
      InputStream in = socket.getInputStream();
      for (int read = in.read(); read != -1; read = in.read()) {
        text.append((char) read);
        if (text.indexOf(end) >= 0) {
          return text.toString();
        }
      }
    } catch (SocketTimeoutException e) {
      throw new AssertionError("want '" + end + "', got '" + text + "'", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    throw new AssertionError("want '" + end + "', got the end after '" + text + "'");
  }

  /** Reads until the connection ends. */
  String readAll() {
    try {
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
