package dev.usher.sidecar.protocol.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.usher.sidecar.backend.Target;
import dev.usher.sidecar.backend.check.HealthCheckSpec;
import dev.usher.sidecar.health.Probe;
import dev.usher.sidecar.protocol.Resolver;
import dev.usher.sidecar.time.Clock;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.Xnio;
import org.xnio.XnioWorker;

/** A backend is there if it takes a connection. */
class TcpProbeTest {
  private XnioWorker worker;
  private TcpProbe probe;

  @BeforeEach
  void open() throws Exception {
    worker = Xnio.getInstance().createWorker(OptionMap.create(Options.WORKER_IO_THREADS, 1));
    Clock clock =
        new Clock() {
          @Override
          public long nanos() {
            return 0;
          }

          @Override
          public long epochMillis() {
            return 0;
          }
        };
    probe = new TcpProbe(worker, new Resolver(clock));
  }

  @AfterEach
  void close() {
    worker.shutdownNow();
  }

  private boolean probe(String host, int port) throws Exception {
    CompletableFuture<Probe.Result> answer = new CompletableFuture<>();
    HealthCheckSpec how = HealthCheckSpec.DEFAULT.edit().timeout(Duration.ofSeconds(2)).build();
    probe.probe(new Target(host, port), how, answer::complete);
    return answer.get(5, TimeUnit.SECONDS).good();
  }

  @Test
  void oneThatListensIsThere() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      assertThat(probe("127.0.0.1", server.getLocalPort())).isTrue();
      assertThat(probe("localhost", server.getLocalPort())).isTrue();
    }
  }

  @Test
  void oneThatListensOnIpv6IsThere() throws Exception {
    byte[] one = new byte[16];
    one[15] = 1;
    InetAddress loopback = InetAddress.getByAddress(one);
    assumeTrue(NetworkInterface.getByInetAddress(loopback) != null, "no IPv6 here");
    try (ServerSocket server = new ServerSocket(0, 5, loopback)) {
      assertThat(probe("::1", server.getLocalPort())).isTrue();
    }
  }

  @Test
  void oneThatDoesNotListenIsNot() throws Exception {
    int port;
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      port = server.getLocalPort();
    }
    assertThat(probe("127.0.0.1", port)).isFalse();
  }

  @Test
  void aNameThatIsUnknownIsNot() throws Exception {
    assertThat(probe("nobody.invalid", 80)).isFalse();
  }
}
