package dev.usher.sidecar.protocol.probe;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.usher.sidecar.backend.Target;
import dev.usher.sidecar.backend.check.HealthCheckSpec;
import dev.usher.sidecar.health.BoundedProbe;
import dev.usher.sidecar.health.Probe.Result;
import dev.usher.sidecar.protocol.Resolver;
import dev.usher.sidecar.time.SystemClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.Xnio;
import org.xnio.XnioWorker;

/** Many peers whose kernel takes connections and who never answer, over real sockets. */
class DeadSwitchTest {
  private static final int SILENT = 4 * BoundedProbe.MOST;
  private static final Duration TIMEOUT = Duration.ofMillis(800);
  private static final HealthCheckSpec HOW =
      HealthCheckSpec.DEFAULT.edit().timeout(TIMEOUT).build();

  private final List<ServerSocket> servers = new ArrayList<>();
  private final AtomicInteger bad = new AtomicInteger();
  private XnioWorker worker;
  private BoundedProbe probe;
  private volatile boolean over;

  @BeforeEach
  void open() throws Exception {
    worker = Xnio.getInstance().createWorker(OptionMap.create(Options.WORKER_IO_THREADS, 1));
    SystemClock clock = new SystemClock();
    probe = new BoundedProbe(new Probes(worker, new Resolver(clock)), BoundedProbe.MOST, clock);
  }

  @AfterEach
  void close() throws Exception {
    over = true;
    worker.shutdownNow();
    for (ServerSocket server : servers) {
      server.close();
    }
  }

  private ServerSocket listen() throws IOException {
    ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    servers.add(server);
    return server;
  }

  private void askForEver(Target target) {
    if (!over) {
      probe.probe(
          target,
          HOW,
          result -> {
            bad.incrementAndGet();
            askForEver(target);
          });
    }
  }

  @Test
  void one_that_answers_waits_for_none_of_those_who_do_not() throws Exception {
    for (int i = 0; i < SILENT; i++) {
      askForEver(new Target("127.0.0.1", listen().getLocalPort()));
    }
    await().atMost(Duration.ofMinutes(1)).until(() -> bad.get() >= SILENT);
    ServerSocket server = listen();
    long begin = System.nanoTime();
    CompletableFuture<Result> answer = new CompletableFuture<>();
    probe.probe(new Target("127.0.0.1", server.getLocalPort()), HOW, answer::complete);
    server.setSoTimeout(30_000);
    try (Socket socket = server.accept()) {
      socket.getOutputStream().write("HTTP/1.1 204 No Content\r\n\r\n".getBytes(ISO_8859_1));
      assertThat(answer.get(10, TimeUnit.SECONDS)).isEqualTo(new Result(true, "status 204"));
    }
    assertThat(System.nanoTime() - begin).isLessThan(TIMEOUT.toNanos());
  }
}
