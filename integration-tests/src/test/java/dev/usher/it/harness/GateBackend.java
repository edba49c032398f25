package dev.usher.it.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A backend whose every answer waits for the test: what is in flight is exact. It counts before it
 * shows an arrival and counts down before it writes the end of an answer. Any thread.
 */
public final class GateBackend implements AutoCloseable {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  private final BlockingQueue<Arrival> unseen = new LinkedBlockingQueue<>();
  private final Queue<Arrival> all = new ConcurrentLinkedQueue<>();
  private final Set<Arrival> inFlight = ConcurrentHashMap.newKeySet();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final Queue<String> log = new ConcurrentLinkedQueue<>();
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicInteger maxInFlight = new AtomicInteger();
  private final Object readingChanged = new Object();
  private final int port;
  private volatile @Nullable Consumer<Arrival> script;
  private volatile ServerSocket listener;
  private boolean reading = true;

  private GateBackend(int port) {
    listener = listen(port);
    this.port = listener.getLocalPort();
    startAccepting(listener);
  }

  /** On a free port; nothing is answered but by the test. */
  public static GateBackend start() {
    return new GateBackend(0);
  }

  /** A port on which nobody listens (just now). */
  public static int unusedPort() {
    try (ServerSocket socket = new ServerSocket(0, 1, LOOPBACK)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Lets {@code every} deal with each arrival from now on, once its body is read. */
  public GateBackend script(Consumer<Arrival> every) {
    script = every;
    return this;
  }

  /** Opens the gate for good: those in flight and all that come are answered with 200. */
  public GateBackend open() {
    script(Arrival::answer);
    for (Arrival arrival : inFlight) {
      try {
        arrival.answer();
      } catch (UncheckedIOException e) {
        log(e.toString());
      }
    }
    unseen.clear();
    return this;
  }

  public int port() {
    return port;
  }

  public String url() {
    return "http://127.0.0.1:" + port;
  }

  /** The next arrival that was not taken yet; waits for it. */
  public Arrival next() {
    try {
      Arrival arrival = unseen.poll(Await.DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
      if (arrival == null) {
        throw new AssertionError("no request arrived at " + url() + "; log: " + log);
      }
      return arrival;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** All requests that ever arrived, oldest first. */
  public List<Arrival> all() {
    return List.copyOf(all);
  }

  public int total() {
    return all.size();
  }

  /** What is in flight now, oldest first. */
  public List<Arrival> inFlight() {
    return all.stream().filter(inFlight::contains).toList();
  }

  public int inFlightCount() {
    return inFlight.size();
  }

  public int maxInFlight() {
    return maxInFlight.get();
  }

  /** Connections accepted so far that brought at least their accept; probes count too. */
  public int connections() {
    return connections.get();
  }

  /** Stops or resumes the reading of request bodies. */
  public void read(boolean now) {
    synchronized (readingChanged) {
      reading = now;
      readingChanged.notifyAll();
    }
  }

  /** Refuses new connections; those that are open live on. */
  public GateBackend refuse() {
    try {
      listener.close();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Dies: refuses new connections and resets the open ones. */
  public GateBackend die() {
    refuse();
    for (Socket socket : open) {
      try {
        socket.setSoLinger(true, 0);
        socket.close();
      } catch (IOException e) {
        log(e.toString());
      }
    }
    return this;
  }

  /** Listens again on the same port. */
  public GateBackend revive() {
    listener = listen(port);
    startAccepting(listener);
    return this;
  }

  @Override
  public void close() {
    read(true);
    die();
  }

  private static ServerSocket listen(int port) {
    try {
      ServerSocket socket = new ServerSocket();
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(LOOPBACK, port), 1024);
      return socket;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void startAccepting(ServerSocket from) {
    startThread("gate-accept-" + port, () -> acceptAll(from));
  }

  private void acceptAll(ServerSocket from) {
    while (!from.isClosed()) {
      try {
        Socket socket = from.accept();
        socket.setTcpNoDelay(true);
        connections.incrementAndGet();
        open.add(socket);
        startThread("gate-" + socket.getPort(), new GateConnection(this, socket));
      } catch (IOException e) {
        log(e.toString());
      }
    }
  }

  private static void startThread(String name, Runnable task) {
    Thread thread = new Thread(null, task, name, 256 * 1024);
    thread.setDaemon(true);
    thread.start();
  }

  void arrived(Arrival arrival) {
    inFlight.add(arrival);
    maxInFlight.accumulateAndGet(inFlight.size(), Math::max);
    all.add(arrival);
    if (script == null) {
      unseen.add(arrival);
    }
  }

  void bodyRead(Arrival arrival) {
    Consumer<Arrival> now = script;
    if (now != null) {
      now.accept(arrival);
    }
  }

  void left(Arrival arrival) {
    inFlight.remove(arrival);
  }

  void closed(Socket socket) {
    open.remove(socket);
  }

  void log(String line) {
    log.add(line);
  }

  void awaitReading() throws IOException {
    synchronized (readingChanged) {
      while (!reading) {
        try {
          readingChanged.wait();
        } catch (InterruptedException e) {
          throw new IOException(e);
        }
      }
    }
  }
}
