package dev.usher.sidecar.http;

import dev.usher.sidecar.backend.Target;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/** A backend that neither takes nor refuses connections: its backlog is full. */
final class NeverAccepting implements Closeable {
  private final ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  private final List<Socket> fillers = new ArrayList<>();

  NeverAccepting() throws IOException {
    for (int i = 0; i < 4; i++) {
      Socket filler = new Socket();
      fillers.add(filler);
      try {
        filler.connect(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), full.getLocalPort()), 50);
      } catch (SocketTimeoutException e) {
        break;
      }
    }
  }

  Target target() {
    return new Target("127.0.0.1", full.getLocalPort());
  }

  @Override
  public void close() throws IOException {
    full.close();
    for (Socket filler : fillers) {
      filler.close();
    }
  }
}
