package dev.usher.it.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/** A port that neither takes nor refuses connections: its backlog is full. */
public final class FullPort implements AutoCloseable {
  private static final int MOST_FILLERS = 8;
  private static final int FILLER_TIMEOUT_MILLIS = 100;

  private final ServerSocket socket;
  private final List<Socket> fillers = new ArrayList<>();

  private FullPort() throws IOException {
    socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    while (fillers.size() < MOST_FILLERS && fill()) {}
  }

  public static FullPort open() {
    try {
      return new FullPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether there was room for one more. */
  private boolean fill() throws IOException {
    Socket filler = new Socket();
    fillers.add(filler);
    try {
      filler.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), socket.getLocalPort()),
          FILLER_TIMEOUT_MILLIS);
      return true;
    } catch (SocketTimeoutException full) {
      return false;
    }
  }

  public String url() {
    return "http://127.0.0.1:" + socket.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    socket.close();
    for (Socket filler : fillers) {
      filler.close();
    }
  }
}
