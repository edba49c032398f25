package dev.usher.it.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.it.harness.Answer;
import dev.usher.it.harness.Arrival;
import dev.usher.it.harness.Await;
import dev.usher.it.harness.Configs;
import dev.usher.it.harness.GateBackend;
import dev.usher.it.harness.RawClient;
import dev.usher.it.harness.UsherProcess;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What SIGTERM means for requests that run, wait and come. */
class DrainIT {
  private final GateBackend backend = GateBackend.start();

  private String config(String drainTimeout, int capacity) {
    return Configs.ports()
        + """
          drain-timeout: %s
          routes: [{director: app}]
          directors:
            app:
              backends:
                b1: {url: "%s", capacity: %d}
          """
            .formatted(drainTimeout, backend.url(), capacity);
  }

  private static int queued(UsherProcess usher) {
    return usher.admin().read("/director/app").at("/stats/queued/current").asInt();
  }

  private static void awaitDraining(UsherProcess usher) {
    Await.until("it is not ready", () -> usher.admin().get("/ready").status() == 503);
  }

  @Test
  void whatWaitsIsServedWithinTheDrainTimeout() {
    try (backend;
        UsherProcess usher = UsherProcess.start(config("1m", 1));
        RawClient first = usher.connect();
        RawClient second = usher.connect();
        RawClient third = usher.connect();
        RawClient idle = usher.connect()) {
      first.get("/1");
      Arrival running = backend.next();
      second.get("/2");
      Await.until("the second waits", () -> queued(usher) == 1);
      third.get("/3");
      Await.until("the third waits", () -> queued(usher) == 2);
      usher.terminate();
      awaitDraining(usher);
      running.answer();
      backend.next().answer();
      idle.get("/late");
      Await.until("it waits", () -> queued(usher) == 1);
      backend.next().answer();
      backend.next().answer();
      assertThat(first.read().text()).isEqualTo("/1");
      assertThat(second.read().text()).isEqualTo("/2");
      assertThat(third.read().text()).isEqualTo("/3");
      assertThat(idle.read().text()).isEqualTo("/late");
      assertThat(usher.awaitExit()).isZero();
    }
  }

  @Test
  void theRestGets503(@TempDir Path data) {
    String yaml = "data: " + data + "\n" + config("300ms", 3);
    try (backend) {
      try (UsherProcess usher = UsherProcess.start(yaml);
          RawClient runs = usher.connect();
          RawClient posted = usher.connect();
          RawClient half = usher.connect();
          RawClient waits = usher.connect()) {
        runs.get("/runs");
        backend.next();
        posted.post("/posted", "body");
        backend.next().awaitBody();
        half.get("/half");
        backend.next().write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf!");
        half.awaitAnswer(Await.DEADLINE);
        waits.get("/waits");
        Await.until("it waits", () -> queued(usher) == 1);
        usher.terminate();
        Answer waited = waits.read();
        assertThat(waited.status()).isEqualTo(503);
        assertThat(waited.reason()).isEqualTo("shutting-down");
        assertThat(waited.get("Retry-After")).isEqualTo("10");
        Answer ran = runs.read();
        assertThat(ran.status()).isEqualTo(503);
        assertThat(ran.reason()).isEqualTo("shutting-down");
        Answer reset = posted.read();
        assertThat(reset.status()).isEqualTo(502);
        assertThat(reset.reason()).isEqualTo("connection-reset");
        assertThat(half.read().complete()).isFalse();
        assertThat(usher.awaitExit()).isZero();
        assertThat(backend.total()).isEqualTo(3);
      }
      try (UsherProcess again = UsherProcess.start(yaml)) {
        assertThat(again.admin().read("/director/app").at("/stats/load/total").asInt())
            .isEqualTo(3);
        assertThat(again.admin().read("/director/app").at("/stats/queued/total").asInt())
            .isEqualTo(1);
      }
    }
  }
}
