package dev.usher.sidecar.protocol.probe;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.usher.sidecar.backend.Target;
import dev.usher.sidecar.backend.check.HealthCheckSpec;
import dev.usher.sidecar.backend.check.ProbeKind;
import dev.usher.sidecar.health.Probe;
import dev.usher.sidecar.health.Probe.Result;
import dev.usher.sidecar.protocol.Resolver;
import dev.usher.sidecar.time.SystemClock;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xnio.IoUtils;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.StreamConnection;
import org.xnio.Xnio;
import org.xnio.XnioIoThread;
import org.xnio.XnioWorker;

/** A probe ends once, in time, and leaves nothing open: whatever becomes of its connection. */
class VisitTest {
  private static final Duration SHORT = Duration.ofMillis(200);
  private static final HealthCheckSpec PATIENT =
      HealthCheckSpec.DEFAULT.edit().timeout(Duration.ofMinutes(5)).build();
  private static final HealthCheckSpec HASTY = PATIENT.edit().timeout(SHORT).build();

  private final CountDownLatch names = new CountDownLatch(1);
  private final BlockingQueue<Result> told = new LinkedBlockingQueue<>();
  private final List<Socket> fillers = new ArrayList<>();
  private ServerSocket server;
  private XnioWorker worker;
  private Resolver resolver;
  private Probe probe;

  @BeforeEach
  void open() throws Exception {
    server = listen();
    worker = Xnio.getInstance().createWorker(OptionMap.create(Options.WORKER_IO_THREADS, 1));
    resolver = new Resolver(new SystemClock(), this::lookUp);
    probe = new Probes(worker, resolver);
  }

  @AfterEach
  void close() throws Exception {
    names.countDown();
    worker.shutdownNow();
    server.close();
    for (Socket filler : fillers) {
      filler.close();
    }
  }

  private static ServerSocket listen() throws IOException {
    ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    server.setSoTimeout(10_000);
    return server;
  }

  /** A name service that takes its time, and does not know every name. */
  private InetAddress lookUp(String host) throws UnknownHostException {
    if (host.startsWith("unknown")) {
      throw new UnknownHostException(host);
    }
    hold(names);
    return InetAddress.getLoopbackAddress();
  }

  private Target target() {
    return new Target("127.0.0.1", server.getLocalPort());
  }

  private Probe.Pending ask(Target target, HealthCheckSpec how) {
    return probe.probe(target, how, told::add);
  }

  private String cause() throws Exception {
    Result result = told.poll(10, TimeUnit.SECONDS);
    assertThat(result).isNotNull();
    assertThat(result.good()).isFalse();
    return result.cause();
  }

  /** Has the peer take no more connections: who connects is not even refused. */
  private void fillBacklog() throws IOException {
    while (true) {
      Socket filler = new Socket();
      fillers.add(filler);
      try {
        filler.connect(server.getLocalSocketAddress(), 50);
      } catch (SocketTimeoutException full) {
        return;
      }
    }
  }

  private void wantClosed(Socket socket) throws IOException {
    socket.setSoTimeout(10_000);
    while (socket.getInputStream().read() >= 0) {}
  }

  @ParameterizedTest
  @EnumSource(ProbeKind.class)
  void who_is_behind_a_dead_switch_is_bad_at_the_timeout(ProbeKind kind) throws Exception {
    fillBacklog();
    long begin = System.nanoTime();
    ask(target(), HASTY.edit().kind(kind).build());
    assertThat(cause()).isEqualTo("no connection within the timeout");
    assertThat(System.nanoTime() - begin).isGreaterThanOrEqualTo(SHORT.toNanos());
  }

  @ParameterizedTest
  @EnumSource(ProbeKind.class)
  void one_that_is_called_off_while_it_connects_is_told_at_once(ProbeKind kind) throws Exception {
    fillBacklog();
    Probe.Pending pending = ask(target(), PATIENT.edit().kind(kind).build());
    pending.cancel();
    pending.cancel();
    assertThat(cause()).isEqualTo("called off");
    settle();
    assertThat(told).isEmpty();
  }

  /** What was posted to the IO thread before has run. */
  private void settle() throws Exception {
    CompletableFuture<Void> ran = new CompletableFuture<>();
    worker.getIoThread().execute(() -> ran.complete(null));
    ran.get(10, TimeUnit.SECONDS);
  }

  @Test
  void one_that_is_called_off_before_its_answer_closes_its_connection() throws Exception {
    Probe.Pending pending = ask(target(), PATIENT);
    try (Socket peer = server.accept()) {
      assertThat(peer.getInputStream().read()).isEqualTo('G');
      pending.cancel();
      assertThat(cause()).isEqualTo("called off");
      wantClosed(peer);
    }
  }

  @Test
  void a_name_that_is_looked_up_for_long_holds_up_nobody() throws Exception {
    ask(new Target("slow.example", 80), HASTY);
    assertThat(cause()).isEqualTo("its name was not found within the timeout");
    Probe.Pending pending = ask(new Target("slow.example", server.getLocalPort()), PATIENT);
    ask(target(), PATIENT.edit().kind(ProbeKind.TCP).build());
    server.accept().close();
    assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo(new Result(true, "it takes connections"));
    pending.cancel();
    assertThat(cause()).isEqualTo("called off");
    CompletableFuture<Void> found = new CompletableFuture<>();
    resolver.resolve(
        new Target("slow.example", 1), worker.getIoThread(), x -> found.complete(null), x -> {});
    names.countDown();
    found.get(10, TimeUnit.SECONDS);
    settle();
    assertThat(told).as("the name came too late").isEmpty();
    server.setSoTimeout(100);
    assertThatThrownBy(server::accept).isInstanceOf(SocketTimeoutException.class);
  }

  @Test
  void an_answer_that_came_in_time_counts_though_its_thread_was_held_up() throws Exception {
    ask(target(), HASTY);
    try (Socket peer = server.accept()) {
      assertThat(peer.getInputStream().read()).isEqualTo('G');
      CountDownLatch holdUp = new CountDownLatch(1);
      worker.getIoThread().execute(() -> hold(holdUp));
      peer.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(ISO_8859_1));
      await().pollDelay(SHORT.multipliedBy(2)).until(() -> true);
      holdUp.countDown();
      assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo(new Result(true, "status 200"));
    }
  }

  private static void hold(CountDownLatch end) {
    try {
      assertThat(end.await(1, TimeUnit.MINUTES)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A local port that connects to itself, which Linux allows where nobody listens. */
  @Test
  void a_connection_to_itself_is_no_backend() throws Exception {
    InetSocketAddress address = (InetSocketAddress) server.getLocalSocketAddress();
    server.close();
    XnioIoThread thread = worker.getIoThread();
    StreamConnection itself =
        thread
            .openStreamConnection(address, address, opened -> {}, bound -> {}, OptionMap.EMPTY)
            .get();
    try {
      assertThat(itself.getLocalAddress()).isEqualTo(itself.getPeerAddress());
      Visit visit = knock(thread);
      thread.execute(() -> visit.opened(itself));
      assertThat(cause()).isEqualTo("no connection: only to itself, nobody listens");
      assertThat(itself.isOpen()).isFalse();
    } finally {
      IoUtils.safeClose(itself);
    }
  }

  private Visit knock(XnioIoThread thread) {
    return new Visit(thread, told::add) {
      @Override
      void onConnection(StreamConnection fresh) {
        settle(new Result(true, "it takes connections"));
      }
    };
  }

  @Test
  void a_connection_that_comes_too_late_is_closed() throws Exception {
    XnioIoThread thread = worker.getIoThread();
    Visit visit = knock(thread);
    StreamConnection late =
        thread
            .openStreamConnection(server.getLocalSocketAddress(), opened -> {}, OptionMap.EMPTY)
            .get();
    thread.execute(() -> visit.bad("over"));
    thread.execute(() -> visit.opened(late));
    assertThat(cause()).isEqualTo("over");
    try (Socket peer = server.accept()) {
      wantClosed(peer);
    }
    assertThat(told).isEmpty();
  }

  private static long openFiles() {
    return ((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getOpenFileDescriptorCount();
  }

  @Test
  void nothing_stays_open_on_any_way_to_fail() throws Exception {
    assumeTrue(ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean);
    int rounds = 20;
    try (ServerSocket dead = server) {
      fillBacklog();
      server = listen();
      failInEveryWay(dead.getLocalPort());
      long before = openFiles();
      for (int i = 0; i < rounds; i++) {
        failInEveryWay(dead.getLocalPort());
      }
      await().untilAsserted(() -> assertThat(openFiles() - before).isLessThan(rounds / 2));
    }
  }

  private void failInEveryWay(int deadPort) throws Exception {
    HealthCheckSpec hasty = HASTY.edit().timeout(Duration.ofMillis(20)).build();
    int port;
    try (ServerSocket gone = listen()) {
      port = gone.getLocalPort();
    }
    ask(new Target("127.0.0.1", port), PATIENT);
    assertThat(cause()).isEqualTo("no connection: Connection refused");
    ask(new Target("unknown.example", 1), PATIENT);
    assertThat(cause()).isEqualTo("its host is unknown");
    ask(target(), hasty);
    try (Socket peer = server.accept()) {
      assertThat(cause()).isEqualTo("no answer within the timeout");
      wantClosed(peer);
    }
    ask(new Target("127.0.0.1", deadPort), hasty);
    assertThat(cause()).isEqualTo("no connection within the timeout");
    ask(new Target("127.0.0.1", deadPort), PATIENT).cancel();
    assertThat(cause()).isEqualTo("called off");
  }
}
