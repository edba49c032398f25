package dev.usher.it.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.it.harness.Arrival;
import dev.usher.it.harness.Await;
import dev.usher.it.harness.Configs;
import dev.usher.it.harness.GateBackend;
import dev.usher.it.harness.RawClient;
import dev.usher.it.harness.UsherJar;
import dev.usher.it.harness.UsherJar.Ended;
import dev.usher.it.harness.UsherProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunIT {
  private static String toBackend(GateBackend backend) {
    return Configs.ports()
        + """
          routes: [{director: app}]
          directors:
            app:
              backends:
                b1: {url: "%s", capacity: 1}
          """
            .formatted(backend.url());
  }

  @Test
  void servesWhatTheFileSays() {
    try (GateBackend backend = GateBackend.start().open();
        UsherProcess usher = UsherProcess.start(toBackend(backend));
        RawClient client = usher.connect()) {
      assertThat(client.get("/hello").read().text()).isEqualTo("/hello");
      assertThat(usher.admin().read("/director/app").at("/capacity").asInt()).isEqualTo(1);
    }
  }

  @Test
  void onSigtermItFinishesWhatRunsAndExitsWithZero() {
    try (GateBackend backend = GateBackend.start();
        UsherProcess usher = UsherProcess.start(toBackend(backend));
        RawClient runs = usher.connect();
        RawClient idle = usher.connect()) {
      runs.get("/runs");
      Arrival arrival = backend.next();
      usher.terminate();
      Await.until("it takes no new connection", () -> refuses(usher.port()));
      assertThat(usher.isAlive()).isTrue();
      arrival.answer(200, "finished");
      assertThat(runs.read().text()).isEqualTo("finished");
      assertThat(usher.awaitExit()).isZero();
      assertThat(idle.closedByPeer()).isTrue();
    }
  }

  @Test
  void onSigtermWhoeverWaitsGetsAnAnswerToo() {
    try (GateBackend backend = GateBackend.start();
        UsherProcess usher = UsherProcess.start(toBackend(backend));
        RawClient runs = usher.connect();
        RawClient waits = usher.connect()) {
      runs.get("/runs");
      Arrival arrival = backend.next();
      waits.get("/waits");
      Await.until("it waits", () -> queued(usher) == 1);
      usher.terminate();
      Await.until("it takes no new connection", () -> refuses(usher.port()));
      backend.open();
      assertThat(arrival.gone()).isFalse();
      assertThat(runs.read().status()).isEqualTo(200);
      assertThat(waits.read().status()).isIn(200, 503);
      assertThat(usher.awaitExit()).isZero();
    }
  }

  private static int queued(UsherProcess usher) {
    return usher.admin().read("/director/app").at("/stats/queued/current").asInt();
  }

  private static boolean refuses(int port) {
    try (RawClient client = RawClient.connect(port)) {
      return client.closedByPeer(java.time.Duration.ofMillis(50));
    } catch (java.io.UncheckedIOException refused) {
      return true;
    }
  }

  @Test
  void onSigtermWithNothingRunningItExitsAtOnce() {
    try (GateBackend backend = GateBackend.start();
        UsherProcess usher = UsherProcess.start(toBackend(backend))) {
      usher.terminate();
      assertThat(usher.awaitExit()).isZero();
      assertThat(usher.log()).doesNotContain("\tat ");
    }
  }

  @Test
  void aPortInUseIsOneAndNamed(@TempDir Path folder) throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      Path file =
          Files.writeString(
              folder.resolve("usher.yaml"),
              """
              listeners: [{address: 127.0.0.1, port: %d}]
              admin: {address: 127.0.0.1, port: 0}
              """
                  .formatted(port));
      Ended ended = UsherJar.run("run", "--config", file.toString());
      assertThat(ended.exit()).isEqualTo(1);
      assertThat(ended.err()).contains(String.valueOf(port)).doesNotContain("\tat ");
      assertThat(ended.out()).doesNotContain("usher ready");
    }
  }

  @Test
  void anAdminPortInUseIsOneAndNamed(@TempDir Path folder) throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      Path file = Files.writeString(folder.resolve("usher.yaml"), "directors: {}\n");
      Ended ended =
          UsherJar.run(
              "run",
              "--config",
              file.toString(),
              "--listen",
              "127.0.0.1:0",
              "--admin",
              "127.0.0.1:" + port);
      assertThat(ended.exit()).isEqualTo(1);
      assertThat(ended.err()).contains(String.valueOf(port)).doesNotContain("\tat ");
    }
  }
}
