package dev.usher.it.retry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.it.harness.Arrival;
import dev.usher.it.harness.Await;
import dev.usher.it.harness.GateBackend;
import dev.usher.it.harness.Stage;
import dev.usher.it.harness.TestDirector;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What HTTP probes ask, and what they take for an answer. */
class ProbeIT {
  /** What nobody must come back in; some intervals long. */
  private static final Duration A_WHILE = Duration.ofMillis(400);

  @RegisterExtension static final Stage STAGE = Stage.standard();

  private final GateBackend backend = STAGE.backend();
  private volatile int status = 200;
  private volatile String body = "starting";

  private TestDirector director(String healthCheck) {
    return STAGE
        .director()
        .healthCheck("'interval':'50ms','timeout':'200ms','success-threshold':2," + healthCheck)
        .backend("b1", backend, 5)
        .create();
  }

  private static boolean isProbe(Arrival arrival) {
    return arrival.target().startsWith("/healthy");
  }

  private static String cause(TestDirector app) {
    return app.backend("b1").at("/health/cause").asText();
  }

  private void assertStaysOffline(TestDirector app) {
    Await.holds("it is offline", A_WHILE, () -> app.health("b1").equals("offline"));
  }

  @Test
  void aBackendComesBackWhenItsAnswerIsAsWanted() {
    status = 503;
    backend.script(
        arrival -> {
          if (isProbe(arrival)) {
            arrival.answer(status, body);
          } else {
            arrival.answer();
          }
        });
    TestDirector app =
        director("'path':'/healthy?full=1','host':'probe.example','expect':[200],'match':'all up'");
    backend.die();
    app.send("fails");
    app.awaitHealth("b1", "offline");
    backend.revive();
    assertStaysOffline(app);
    status = 200;
    assertStaysOffline(app);
    body = "they are all up again";
    app.awaitHealth("b1", "online");
    app.awaitCapacity(5);
    assertThat(app.send("x").read().status()).isEqualTo(200);
    Arrival probe = backend.all().stream().filter(ProbeIT::isProbe).findFirst().orElseThrow();
    assertThat(probe.head().startLine()).isEqualTo("GET /healthy?full=1 HTTP/1.1");
    assertThat(probe.head().get("Host")).isEqualTo("probe.example");
    assertThat(probe.head().get("Connection")).isEqualTo("close");
    assertThat(probe.head().get("User-Agent")).isEqualTo("usher-health-check");
  }

  @Test
  void aPageThatNeverAnswersKeepsItOfflineThoughItTakesConnections() {
    backend.script(
        arrival -> {
          if (!isProbe(arrival)) {
            arrival.answer();
          }
        });
    TestDirector app = director("'path':'/healthy'");
    backend.die();
    app.send("fails");
    app.awaitHealth("b1", "offline");
    backend.revive();
    Await.until("probes have come", () -> backend.total() >= 2);
    assertStaysOffline(app);
    app.post("{'health-check': {'kind': 'tcp', 'interval': '50ms', 'success-threshold': 2}}");
    app.awaitHealth("b1", "online");
  }

  @Test
  void aParanoidMonitorBelievesThePageAndNotTheRequests() {
    backend.script(arrival -> arrival.answer(isProbe(arrival) ? status : 200, "answer"));
    TestDirector app = director("'mode':'paranoid','method':'HEAD','path':'/healthy'");
    app.awaitHealth("b1", "online");
    assertThat(app.send("x").read().status()).isEqualTo(200);
    status = 500;
    app.awaitHealth("b1", "offline");
    assertThat(cause(app)).isEqualTo("probe: status 500, want 200, 204");
    app.awaitCapacity(0);
    assertThat(backend.all().stream().filter(ProbeIT::isProbe))
        .allMatch(probe -> probe.method().equals("HEAD"));
    status = 204;
    app.awaitHealth("b1", "online");
  }

  @Test
  void whoSpeaksAnotherProtocolStaysOffline() {
    backend.script(arrival -> arrival.write("SSH-2.0-OpenSSH_9.2\r\n").hangUp());
    TestDirector app = director("'mode':'paranoid','path':'/healthy'");
    app.awaitHealth("b1", "offline");
    assertThat(cause(app)).isEqualTo("first probe: its answer is not HTTP/1.x");
    backend.script(arrival -> arrival.hangUp());
    assertStaysOffline(app);
  }
}
