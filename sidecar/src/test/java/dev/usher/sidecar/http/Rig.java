package dev.usher.sidecar.http;

import dev.usher.sidecar.classify.Classification;
import dev.usher.sidecar.director.Director;
import dev.usher.sidecar.director.FromTemplate;
import dev.usher.sidecar.director.endpoint.Endpoint;
import dev.usher.sidecar.director.spec.DirectorSpec.OnClientAbort;
import dev.usher.sidecar.director.spec.DirectorSpec.Settings;
import dev.usher.sidecar.protocol.Http1Upstream;
import dev.usher.sidecar.protocol.Resolver;
import dev.usher.sidecar.protocol.Tickers;
import dev.usher.sidecar.time.Clock;
import io.undertow.connector.ByteBufferPool;
import io.undertow.server.HttpServerExchange;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.xnio.XnioWorker;

/** The pipeline on a socket, with a fake director behind it. */
final class Rig implements Closeable {
  /** How much later it is than the machine thinks. */
  final AtomicLong aheadNanos = new AtomicLong();

  final WatchedUpstream upstream;
  private final Clock clock =
      new Clock() {
        @Override
        public long nanos() {
          return System.nanoTime() + aheadNanos.get();
        }

        @Override
        public long epochMillis() {
          return System.currentTimeMillis();
        }
      };

  final FakeDirector director;
  final HttpServer server;
  final XnioWorker worker;
  final int port;
  volatile Function<HttpServerExchange, Classification> routes =
      exchange -> new Classification.ToDirector("app", null, null);

  /** Who answers for a host and port. */
  final Map<Endpoint, Director> owners = new ConcurrentHashMap<>();

  volatile Function<Endpoint, FromTemplate> template = endpoint -> new FromTemplate.Nobody();

  Rig(FakeDirector director) throws IOException {
    this(director, Pipeline.UNLIMITED, HttpServer.Patience.DEFAULT);
  }

  Rig(FakeDirector director, long maxBodyBytes, HttpServer.Patience patience) throws IOException {
    this.director = director;
    worker = HttpServer.worker(1);
    ByteBufferPool buffers = HttpServer.buffers();
    Tickers tickers = new Tickers(clock);
    upstream = new WatchedUpstream(new Http1Upstream(tickers, new Resolver(clock), buffers));
    Pipeline pipeline = new Pipeline(new Routes(), upstream, tickers, maxBodyBytes);
    server = new HttpServer(worker, buffers, patience, pipeline);
    port =
        server
            .start(List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)))
            .get(0)
            .getPort();
  }

  Wire client() throws IOException {
    return Wire.to(port);
  }

  void awaitInFlight(int expected) {
    Awaitility.await()
        .pollInterval(Duration.ofMillis(5))
        .atMost(Duration.ofSeconds(5))
        .until(() -> server.inFlight() == expected);
  }

  /** Returns when the IO thread has gone once more through what is ready. */
  void onIoThread() throws InterruptedException {
    CountDownLatch passed = new CountDownLatch(1);
    worker.getIoThread().executeAfter(passed::countDown, 20, TimeUnit.MILLISECONDS);
    passed.await();
  }

  @Override
  public void close() {
    server.close();
    worker.shutdownNow();
  }

  /** Short timeouts, so that tests of them are short. */
  static Settings settings(
      OnClientAbort abort, long connectMillis, long readMillis, long writeMillis) {
    return Settings.DEFAULT
        .edit()
        .onClientAbort(abort)
        .connectTimeout(Duration.ofMillis(connectMillis))
        .readTimeout(Duration.ofMillis(readMillis))
        .writeTimeout(Duration.ofMillis(writeMillis))
        .build();
  }

  private final class Routes implements Router {
    @Override
    public Classification classify(HttpServerExchange exchange) {
      return routes.apply(exchange);
    }

    @Override
    public @Nullable Director director(String name) {
      return name.equals("app") ? director : null;
    }

    @Override
    public @Nullable Director find(Endpoint endpoint) {
      return owners.get(endpoint);
    }

    @Override
    public FromTemplate findOrMake(Endpoint endpoint) {
      return template.apply(endpoint);
    }
  }
}
