package dev.usher.it.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;

/** A port that a backend listens on, and the connections that came in. Any thread. */
final class GatePort {
  private static final int BACKLOG = 1024;
  private static final int LOWEST_PORT = 20_000;
  private static final int HIGHEST_PORT = 32_000;
  private static final long STACK_BYTES = 256 * 1024;

  private final Set<GateConnection> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger accepted = new AtomicInteger();
  private final Consumer<String> log;
  private final Function<Socket, GateConnection> connect;
  private final int number;
  private volatile ServerSocket listener;
  private volatile Thread acceptor = new Thread();

  /**
   * Listens on a free port; what {@code connect} makes runs on a thread of each connection's own.
   */
  GatePort(Function<Socket, GateConnection> connect, Consumer<String> log) {
    this.connect = connect;
    this.log = log;
    listener = listenSomewhere();
    number = listener.getLocalPort();
  }

  int number() {
    return number;
  }

  int accepted() {
    return accepted.get();
  }

  void start() {
    ServerSocket from = listener;
    acceptor = startThread("gate-accept-" + number, () -> acceptAll(from));
  }

  /** One that is accepted while the port closes is reset, too. */
  void refuse() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void resetAll() {
    for (GateConnection connection : open) {
      try {
        connection.close(true);
      } catch (IOException e) {
        log.accept(e.toString());
      }
    }
  }

  /** A socket that is closed while a thread waits in it holds its port until that has let go. */
  void listenAgain() {
    try {
      acceptor.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    listener = listen(number);
    start();
  }

  /**
   * Takes a port below those that the system gives to outgoing connections: one of these could
   * otherwise sit on it when the backend wants to listen again.
   */
  private static ServerSocket listenSomewhere() {
    UncheckedIOException last = new UncheckedIOException(new IOException("no free port"));
    for (int attempt = 0; attempt < 1_000; attempt++) {
      try {
        return listen(ThreadLocalRandom.current().nextInt(LOWEST_PORT, HIGHEST_PORT));
      } catch (UncheckedIOException taken) {
        last = taken;
      }
    }
    throw last;
  }

  private static ServerSocket listen(int port) {
    try {
      ServerSocket socket = new ServerSocket();
      socket.setReuseAddress(true);
      try {
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
        return socket;
      } catch (IOException e) {
        socket.close();
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void acceptAll(ServerSocket from) {
    while (!from.isClosed()) {
      try {
        Socket socket = from.accept();
        if (from.isClosed()) {
          socket.setSoLinger(true, 0);
          socket.close();
        } else {
          socket.setTcpNoDelay(true);
          accepted.incrementAndGet();
          GateConnection connection = connect.apply(socket);
          open.add(connection);
          Thread unused = startThread("gate-" + socket.getPort(), () -> serveAndForget(connection));
        }
      } catch (IOException e) {
        log.accept(e.toString());
      }
    }
  }

  private void serveAndForget(GateConnection connection) {
    try {
      connection.run();
    } finally {
      open.remove(connection);
    }
  }

  private static Thread startThread(String name, Runnable task) {
    Thread thread = new Thread(null, task, name, STACK_BYTES);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }
}
