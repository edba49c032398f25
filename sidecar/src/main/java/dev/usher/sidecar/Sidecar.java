package dev.usher.sidecar;

import dev.usher.sidecar.admin.AdminApi;
import dev.usher.sidecar.admin.Readiness;
import dev.usher.sidecar.admin.web.Access;
import dev.usher.sidecar.classify.Classifier;
import dev.usher.sidecar.cli.RunningSidecar;
import dev.usher.sidecar.cli.StartFailed;
import dev.usher.sidecar.config.ListenAddress;
import dev.usher.sidecar.config.UsherConfig;
import dev.usher.sidecar.director.Directors;
import dev.usher.sidecar.director.change.Definition;
import dev.usher.sidecar.director.change.Keeper;
import dev.usher.sidecar.director.change.Origin;
import dev.usher.sidecar.director.change.Versions;
import dev.usher.sidecar.director.core.DirectorPorts;
import dev.usher.sidecar.director.ondemand.OnDemandSpec;
import dev.usher.sidecar.director.registry.DirectorRegistry;
import dev.usher.sidecar.director.spec.DirectorSpec;
import dev.usher.sidecar.health.BoundedProbe;
import dev.usher.sidecar.http.ChunkedRequest;
import dev.usher.sidecar.http.HttpServer;
import dev.usher.sidecar.http.Pipeline;
import dev.usher.sidecar.protocol.Http1Upstream;
import dev.usher.sidecar.protocol.Resolver;
import dev.usher.sidecar.protocol.Tickers;
import dev.usher.sidecar.protocol.probe.Probes;
import dev.usher.sidecar.store.Restart;
import dev.usher.sidecar.store.Store;
import dev.usher.sidecar.strand.Strand;
import dev.usher.sidecar.time.Clock;
import dev.usher.sidecar.time.RandomDice;
import dev.usher.sidecar.time.Timers;
import dev.usher.unit.Durations;
import dev.usher.unit.InvalidValue;
import io.undertow.connector.ByteBufferPool;
import io.undertow.server.HttpHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xnio.XnioWorker;

/** A running sidecar: every room, wired. */
final class Sidecar implements RunningSidecar {
  private static final Logger LOG = LoggerFactory.getLogger(Sidecar.class);

  /** How long clients may take their 503 after the drain-timeout. */
  private static final Duration FAREWELL = Duration.ofSeconds(1);

  private final XnioWorker worker;
  private final Duration drainTimeout;
  private final DirectorRegistry directors;
  private final @Nullable Store store;
  private final HttpServer traffic;
  private final HttpServer admin;
  private final List<InetSocketAddress> listeners = new ArrayList<>();
  private final InetSocketAddress adminAddress;
  private volatile Readiness readiness = Readiness.STARTING;

  private Sidecar(
      UsherConfig config,
      Access access,
      XnioWorker worker,
      Store.@Nullable Opened opened,
      Versions versions,
      Clock clock,
      Timers timers)
      throws StartFailed {
    this.worker = worker;
    this.drainTimeout = config.drainTimeout();
    this.store = opened == null ? null : opened.store();
    Keeper keeper = store == null ? Keeper.NONE : store;
    ByteBufferPool buffers = HttpServer.buffers();
    Resolver resolver = new Resolver(clock);
    DirectorPorts ports =
        new DirectorPorts(
            clock,
            timers,
            new RandomDice(),
            new BoundedProbe(new Probes(worker, resolver), BoundedProbe.MOST, clock),
            new LoggedHealth(),
            keeper,
            versions,
            () -> new Strand(bug -> LOG.error("defect inside a director", bug)));
    this.directors = registry(ports, config.onDemand());
    if (opened == null) {
      config.directors().forEach(written -> startOfFile(written, versions.next()));
    } else {
      startAgain(opened);
    }
    this.traffic = server(buffers, pipeline(config, new Tickers(clock), resolver, buffers));
    AdminApi api = new AdminApi(directors, access, () -> readiness, keeper::status, clock, timers);
    this.admin = server(buffers, ChunkedRequest.before(api));
    this.adminAddress = listen(admin, config.admin());
    for (ListenAddress address : config.listeners()) {
      listeners.add(listen(traffic, address));
    }
    readiness = Readiness.READY;
  }

  /**
   * Starts a sidecar; nothing is left running if that fails.
   *
   * @throws StartFailed with the address that cannot be bound, or the token file that cannot be
   *     read
   */
  static Sidecar start(UsherConfig config, Clock clock, Timers timers) throws IOException {
    Access access = access(config);
    Versions versions = new Versions(clock::epochMillis);
    Store.Opened opened = open(config, versions, clock, timers);
    XnioWorker worker =
        HttpServer.worker(HttpServer.ioThreads(Runtime.getRuntime().availableProcessors()));
    try {
      return new Sidecar(config, access, worker, opened, versions, clock, timers);
    } catch (IOException | RuntimeException e) {
      worker.shutdownNow();
      if (opened != null) {
        opened.store().close();
      }
      throw e;
    }
  }

  private static Store.@Nullable Opened open(
      UsherConfig config, Versions versions, Clock clock, Timers timers) throws StartFailed {
    if (config.data() == null) {
      return null;
    }
    try {
      return Store.open(config.data(), config.directors(), versions, clock, timers);
    } catch (IOException e) {
      throw new StartFailed("data: " + e.getMessage(), e);
    }
  }

  private static DirectorRegistry registry(DirectorPorts ports, @Nullable OnDemandSpec onDemand) {
    return onDemand == null
        ? new DirectorRegistry(ports)
        : new DirectorRegistry(ports, onDemand, Sidecar::writeDownNotKept);
  }

  private void startAgain(Store.Opened opened) {
    Restart restart = opened.restart();
    restart.notes().forEach(LOG::warn);
    restart.starts().forEach(start -> directors.start(start.definition(), start.memory()));
    if (!restart.entries().isEmpty()) {
      CompletionStage<Keeper.Kept> unused = opened.store().keep(restart.entries());
    }
    opened.store().remember(directors);
  }

  private void startOfFile(DirectorSpec written, long version) {
    directors.start(new Definition(written, version, new Origin.File(written)), null);
  }

  private static void writeDownNotKept(String director, String message) {
    LOG.warn("director {} from the template is in force but not kept: {}", director, message);
  }

  private static Access access(UsherConfig config) throws StartFailed {
    try {
      return Access.of(config.admin(), config.adminToken());
    } catch (IOException | InvalidValue e) {
      throw new StartFailed("admin: " + e.getMessage(), e);
    }
  }

  private Pipeline pipeline(
      UsherConfig config, Tickers tickers, Resolver resolver, ByteBufferPool buffers) {
    Classifier classifier = new Classifier(config.routes(), config.trustTagsFrom());
    return new Pipeline(
        new ConfiguredRouter(classifier, directors),
        new Http1Upstream(tickers, resolver, buffers),
        tickers,
        config.maxBodyBytes());
  }

  private HttpServer server(ByteBufferPool buffers, HttpHandler handler) {
    return new HttpServer(worker, buffers, HttpServer.Patience.DEFAULT, handler);
  }

  private static InetSocketAddress listen(HttpServer server, ListenAddress address)
      throws StartFailed {
    InetSocketAddress wanted = new InetSocketAddress(address.address(), address.port());
    try {
      return server.start(List.of(wanted)).get(0);
    } catch (IOException | RuntimeException e) {
      throw new StartFailed(
          "cannot listen on %s:%d: %s".formatted(address.address(), address.port(), e.getMessage()),
          e);
    }
  }

  @Override
  public List<InetSocketAddress> listeners() {
    return List.copyOf(listeners);
  }

  @Override
  public InetSocketAddress admin() {
    return adminAddress;
  }

  @Override
  public Directors directors() {
    return directors;
  }

  @Override
  public void drain() {
    readiness = Readiness.DRAINING;
    traffic.stopAccepting();
    try {
      if (!traffic.awaitDrained(drainTimeout)) {
        String limit = Durations.text(drainTimeout);
        LOG.warn("{} requests have not ended within {} and are refused", traffic.inFlight(), limit);
        directors.shutDown();
        if (!traffic.awaitDrained(FAREWELL)) {
          LOG.warn("{} requests are cut", traffic.inFlight());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    close();
  }

  @Override
  public void close() {
    readiness = Readiness.DRAINING;
    traffic.close();
    admin.close();
    worker.shutdownNow();
    if (store != null) {
      store.close(directors);
    }
  }
}
