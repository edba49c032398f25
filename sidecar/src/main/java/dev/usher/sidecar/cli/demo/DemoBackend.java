package dev.usher.sidecar.cli.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.usher.sidecar.backend.BackendSpec;
import dev.usher.sidecar.backend.Role;
import dev.usher.sidecar.backend.Target;
import dev.usher.sidecar.time.Clock;
import dev.usher.sidecar.time.Timers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A small HTTP server that answers each request after a while. No thread waits meanwhile: a timer
 * posts the answer to the executor.
 */
final class DemoBackend implements AutoCloseable {
  /** The longest a request is planned to take, in mean service times. */
  private static final double SLOWEST = 1.5;

  private static final Logger LOG = LoggerFactory.getLogger(DemoBackend.class);
  private static final int BACKLOG = 256;
  private static final int OK = 200;
  private static final int NO_BODY = -1;

  private final HttpServer server;
  private final BackendSpec spec;
  private final long meanNanos;
  private final Clock clock;
  private final Timers timers;
  private final ExecutorService executor;
  private final AtomicLong served = new AtomicLong();
  private final AtomicLong slowestNanos = new AtomicLong();

  private DemoBackend(
      HttpServer server,
      BackendSpec spec,
      long meanNanos,
      Clock clock,
      Timers timers,
      ExecutorService executor) {
    this.server = server;
    this.spec = spec;
    this.meanNanos = meanNanos;
    this.clock = clock;
    this.timers = timers;
    this.executor = executor;
  }

  /** Listens on a free port of the loopback interface. */
  static DemoBackend start(
      String name,
      int capacity,
      long meanNanos,
      Clock clock,
      Timers timers,
      ExecutorService executor)
      throws IOException {
    InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    HttpServer server = HttpServer.create(new InetSocketAddress(loopback, 0), BACKLOG);
    Target target = new Target(loopback.getHostAddress(), server.getAddress().getPort());
    BackendSpec spec = new BackendSpec(name, target, capacity, Role.ACTIVE, true);
    DemoBackend backend = new DemoBackend(server, spec, meanNanos, clock, timers, executor);
    server.createContext("/", backend::handle);
    server.setExecutor(executor);
    server.start();
    return backend;
  }

  BackendSpec spec() {
    return spec;
  }

  long meanNanos() {
    return meanNanos;
  }

  /**
   * The longest that a request takes: planned, or as it came to be on a machine that is late with
   * its timers.
   */
  long slowestNanos() {
    return Math.max((long) (meanNanos * SLOWEST), slowestNanos.get());
  }

  private void handle(HttpExchange exchange) {
    long nanos = Jitter.around(meanNanos, served.getAndIncrement() ^ meanNanos);
    long begin = clock.nanos();
    timers.after(nanos, () -> executor.execute(() -> answer(exchange, begin)));
  }

  private void answer(HttpExchange exchange, long begin) {
    try {
      exchange.sendResponseHeaders(OK, NO_BODY);
    } catch (IOException e) {
      LOG.debug("the sidecar gave a request up", e);
    } finally {
      exchange.close();
      slowestNanos.accumulateAndGet(clock.nanos() - begin, Math::max);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
