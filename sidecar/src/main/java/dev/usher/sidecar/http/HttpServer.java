package dev.usher.sidecar.http;

import io.undertow.UndertowOptions;
import io.undertow.connector.ByteBufferPool;
import io.undertow.server.DefaultByteBufferPool;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpOpenListener;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.xnio.ChannelListeners;
import org.xnio.IoUtils;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.StreamConnection;
import org.xnio.Xnio;
import org.xnio.XnioWorker;
import org.xnio.channels.AcceptingChannel;

/** Listeners for HTTP/1.1 on a worker that others may use too. [any] */
public final class HttpServer implements AutoCloseable {
  /** Room for what XNIO puts in front, within 16 KiB. */
  private static final int BUFFER_BYTES = 16 * 1024 - 20;

  private static final int MAX_HEADER_BYTES = 64 * 1024;
  private static final int MAX_PARAMETERS = 100_000;
  private static final int BACKLOG = 1024;

  private final XnioWorker worker;
  private final HttpOpenListener listener;
  private final ConnectionWatches watches;
  private final List<AcceptingChannel<StreamConnection>> accepting = new ArrayList<>();
  private final AtomicInteger inFlight = new AtomicInteger();
  private final CountDownLatch drained = new CountDownLatch(1);
  private volatile boolean draining;

  /**
   * How long a client may take.
   *
   * @param head from a request's first byte to the end of its head
   * @param idle between two requests
   */
  public record Patience(Duration head, Duration idle) {
    public static final Patience DEFAULT =
        new Patience(Duration.ofSeconds(15), Duration.ofSeconds(75));
  }

  public HttpServer(
      XnioWorker worker, ByteBufferPool buffers, Patience patience, HttpHandler handler) {
    this.worker = worker;
    this.listener = new HttpOpenListener(buffers, options(patience));
    this.listener.setRootHandler(exchange -> handle(handler, exchange));
    this.watches = new ConnectionWatches(listener, patience.head().plus(patience.idle()));
  }

  /** IO threads: one on one or two cores (a second one costs more than it gives), else half. */
  public static int ioThreads(int cores) {
    return cores <= 2 ? 1 : cores / 2;
  }

  /** A worker for listeners and upstream connections alike. */
  public static XnioWorker worker(int ioThreads) throws IOException {
    return Xnio.getInstance()
        .createWorker(
            OptionMap.builder()
                .set(Options.WORKER_NAME, "usher")
                .set(Options.WORKER_IO_THREADS, ioThreads)
                .set(Options.WORKER_TASK_CORE_THREADS, 2)
                .set(Options.WORKER_TASK_MAX_THREADS, 8)
                .set(Options.TCP_NODELAY, true)
                .getMap());
  }

  /** Direct buffers, whatever the size of the heap. */
  public static ByteBufferPool buffers() {
    return new DefaultByteBufferPool(true, BUFFER_BYTES, -1, 12);
  }

  /**
   * Listens on each of {@code addresses}, port 0 being any; on none of them if one fails.
   *
   * @return the bound addresses in the same order
   */
  public synchronized List<InetSocketAddress> start(List<InetSocketAddress> addresses)
      throws IOException {
    List<InetSocketAddress> bound = new ArrayList<>();
    try {
      for (InetSocketAddress address : addresses) {
        AcceptingChannel<StreamConnection> channel = listen(address);
        accepting.add(channel);
        bound.add(channel.getLocalAddress(InetSocketAddress.class));
      }
    } catch (IOException | RuntimeException e) {
      stopAccepting();
      throw e;
    }
    accepting.forEach(AcceptingChannel::resumeAccepts);
    return bound;
  }

  private AcceptingChannel<StreamConnection> listen(InetSocketAddress address) throws IOException {
    OptionMap options =
        OptionMap.builder()
            .set(Options.TCP_NODELAY, true)
            .set(Options.REUSE_ADDRESSES, true)
            .set(Options.BACKLOG, BACKLOG)
            .getMap();
    return worker.createStreamConnectionServer(
        address, ChannelListeners.openListenerAdapter(watches), options);
  }

  private void handle(HttpHandler handler, HttpServerExchange exchange) throws Exception {
    inFlight.incrementAndGet();
    ConnectionWatches.Watch watch = watches.of(exchange);
    if (watch != null) {
      watch.begin();
    }
    exchange.addExchangeCompleteListener(
        (done, next) -> {
          if (watch != null) {
            watch.end();
          }
          if (inFlight.decrementAndGet() == 0 && draining) {
            drained.countDown();
          }
          next.proceed();
        });
    if (draining) {
      exchange.setPersistent(false);
    }
    handler.handleRequest(exchange);
  }

  /** Takes no new connections; the connections there are end with their next response. */
  public synchronized void stopAccepting() {
    draining = true;
    accepting.forEach(IoUtils::safeClose);
    accepting.clear();
    if (inFlight.get() == 0) {
      drained.countDown();
    }
  }

  /**
   * After {@link #stopAccepting}: waits until no request is in flight. Never on an IO thread.
   *
   * @return whether that came to be within {@code limit}
   */
  public boolean awaitDrained(Duration limit) throws InterruptedException {
    return drained.await(limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Requests that have come and have not been answered to their end. */
  public int inFlight() {
    return inFlight.get();
  }

  /** Cuts every connection. The worker goes on. */
  @Override
  public void close() {
    stopAccepting();
    listener.closeConnections();
  }

  private static OptionMap options(Patience patience) {
    return OptionMap.builder()
        .set(UndertowOptions.MAX_ENTITY_SIZE, -1L)
        .set(UndertowOptions.ALLOW_UNESCAPED_CHARACTERS_IN_URL, true)
        .set(UndertowOptions.DECODE_URL, false)
        .set(UndertowOptions.MAX_PARAMETERS, MAX_PARAMETERS)
        .set(UndertowOptions.MAX_HEADER_SIZE, MAX_HEADER_BYTES)
        .set(UndertowOptions.REQUEST_PARSE_TIMEOUT, Math.toIntExact(patience.head().toMillis()))
        .set(UndertowOptions.NO_REQUEST_TIMEOUT, Math.toIntExact(patience.idle().toMillis()))
        .set(UndertowOptions.ALWAYS_SET_KEEP_ALIVE, false)
        .set(UndertowOptions.ENABLE_HTTP2, false)
        .set(UndertowOptions.ENABLE_STATISTICS, false)
        .getMap();
  }
}
