package dev.usher.it.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
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
  private final BlockingQueue<Arrival> unseen = new LinkedBlockingQueue<>();
  private final Queue<Arrival> all = new ConcurrentLinkedQueue<>();
  private final Set<Arrival> inFlight = ConcurrentHashMap.newKeySet();
  private final Queue<String> log = new ConcurrentLinkedQueue<>();
  private final AtomicInteger maxInFlight = new AtomicInteger();
  private final Object readingChanged = new Object();
  private final GatePort port =
      new GatePort(socket -> new GateConnection(this, socket), this::note);
  private volatile @Nullable Consumer<Arrival> script;
  private volatile @Nullable Consumer<Arrival> watcher;
  private volatile boolean forgetful;
  private boolean reading = true;

  private GateBackend() {}

  /** On a free port; nothing is answered but by the test. */
  public static GateBackend start() {
    GateBackend backend = new GateBackend();
    backend.port.start();
    return backend;
  }

  /** Lets {@code every} deal with each arrival from now on, once its body is read. */
  public GateBackend script(Consumer<Arrival> every) {
    script = every;
    return this;
  }

  /** Shows {@code every} arrival at the moment it counts, on its connection's thread. */
  public GateBackend watch(Consumer<Arrival> every) {
    watcher = every;
    return this;
  }

  /** Keeps nothing of what is over: {@link #all} and {@link #next} show nothing. */
  public GateBackend forgetful() {
    forgetful = true;
    return this;
  }

  /** What is in flight now, in no order; works for a forgetful one too. */
  public Arrival[] inFlightNow() {
    return inFlight.toArray(new Arrival[0]);
  }

  /** Adds a line to what failures print. */
  public void note(String line) {
    if (!forgetful) {
      log.add(line);
    }
  }

  /** Opens the gate for good: those in flight and all that come are answered with 200. */
  public GateBackend open() {
    script(Arrival::answer);
    for (Arrival arrival : inFlight) {
      try {
        arrival.answer();
      } catch (UncheckedIOException e) {
        note(e.toString());
      }
    }
    unseen.clear();
    return this;
  }

  public int port() {
    return port.number();
  }

  public String url() {
    return "http://127.0.0.1:" + port();
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
    return port.accepted();
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
    port.refuse();
    return this;
  }

  /** Dies: refuses new connections and resets the open ones. */
  public GateBackend die() {
    port.refuse();
    port.resetAll();
    return this;
  }

  /** Listens again on the same port. */
  public GateBackend revive() {
    port.listenAgain();
    return this;
  }

  @Override
  public void close() {
    read(true);
    die();
  }

  void arrived(Arrival arrival) {
    inFlight.add(arrival);
    maxInFlight.accumulateAndGet(inFlight.size(), Math::max);
    if (!forgetful) {
      all.add(arrival);
      if (script == null) {
        unseen.add(arrival);
      }
    }
    Consumer<Arrival> watching = watcher;
    if (watching != null) {
      watching.accept(arrival);
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
