package dev.usher.sidecar.http;

import dev.usher.sidecar.backend.Target;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A backend that does nothing by itself: the test takes each connection and plays it. */
final class RawBackend implements Closeable {
  private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final BlockingQueue<Wire> arrived = new LinkedBlockingQueue<>();
  private final List<Wire> all = new ArrayList<>();

  RawBackend() throws IOException {
    Thread acceptor = new Thread(this::accept, "raw-backend");
    acceptor.setDaemon(true);
    acceptor.start();
  }

  private void accept() {
    try {
      while (true) {
        Wire wire = new Wire(server.accept());
        synchronized (all) {
          all.add(wire);
        }
        arrived.add(wire);
      }
    } catch (IOException e) {
      // Closed: the test is over.
    }
  }

  Target target() {
    return new Target("127.0.0.1", server.getLocalPort());
  }

  int connections() {
    synchronized (all) {
      return all.size();
    }
  }

  /** The next connection. */
  Wire take() throws InterruptedException {
    Wire wire = arrived.poll(5, TimeUnit.SECONDS);
    if (wire == null) {
      throw new AssertionError("no connection within 5 s");
    }
    return wire;
  }

  @Override
  public void close() throws IOException {
    server.close();
    synchronized (all) {
      all.forEach(Wire::close);
    }
  }
}
