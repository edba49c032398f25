package dev.usher.it.retry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.it.harness.Arrival;
import dev.usher.it.harness.Await;
import dev.usher.it.harness.GateBackend;
import dev.usher.it.harness.RawClient;
import dev.usher.it.harness.Stage;
import dev.usher.it.harness.TestDirector;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class HealthIT {
  @RegisterExtension static final Stage STAGE = Stage.standard();

  private final GateBackend backend = STAGE.backend();

  private TestDirector director(String healthCheck) {
    return STAGE.director().healthCheck(healthCheck).backend("b1", backend, 5).create();
  }

  private void fail(TestDirector app) {
    backend.die();
    app.send("fails");
    app.awaitHealth("b1", "offline");
    app.awaitCapacity(0);
  }

  @Test
  void aBackendThatFailsGoesOfflineAndComesBackWhenItListensAgain() {
    TestDirector app = director("'interval':'50ms','timeout':'1s','success-threshold':2");
    assertThat(app.health("b1")).isEqualTo("online");
    fail(app);
    backend.open();
    backend.revive();
    app.awaitHealth("b1", "online");
    app.awaitCapacity(5);
    assertThat(app.send("x").read().status()).isEqualTo(200);
  }

  @Test
  void aRequestThatFailedWaitsForItsBackendToComeBack() {
    TestDirector app = director("'interval':'50ms','timeout':'1s','success-threshold':2");
    backend.die();
    RawClient client = app.send("x");
    app.awaitQueued(1);
    app.awaitHealth("b1", "offline");
    backend.open();
    backend.revive();
    assertThat(client.read().status()).isEqualTo(200);
    app.awaitRest();
  }

  @Test
  void onlySuccessThresholdGoodProbesInARowBringABackendBack() {
    TestDirector app = director("'interval':'100ms','timeout':'1s','success-threshold':4");
    fail(app);
    int before = backend.connections();
    long start = System.nanoTime();
    backend.open();
    backend.revive();
    app.awaitHealth("b1", "online");
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    assertThat(took)
        .as("three intervals between four probes")
        .isGreaterThan(Duration.ofMillis(290));
    assertThat(backend.connections() - before).isGreaterThanOrEqualTo(4);
  }

  @Test
  void aBackendOnlineIsNotProbed() {
    TestDirector app = director("'interval':'20ms','timeout':'1s','success-threshold':1");
    assertThat(app.health("b1")).isEqualTo("online");
    Await.holds("no connection comes", Duration.ofMillis(200), () -> backend.connections() == 0);
  }

  @Test
  void anErrorStatusIsNoFailureOfTheBackend() {
    TestDirector app = director("'interval':'50ms'");
    backend.script(arrival -> arrival.answer(500, "sorry"));
    for (int i = 0; i < 5; i++) {
      assertThat(app.send("x").read().status()).isEqualTo(500);
    }
    assertThat(app.health("b1")).isEqualTo("online");
  }

  @Test
  void saysSinceWhen() {
    TestDirector app = director("'interval':'1h'");
    Await.until(
        "some time has passed", () -> app.backend("b1").at("/health/since-ms").asLong() >= 20);
    fail(app);
    assertThat(app.backend("b1").at("/health/since-ms").asLong()).isBetween(0L, 5_000L);
    assertThat(app.backend("b1").at("/health/mode").asText()).isEqualTo("lazy");
  }

  @Test
  void anIdleConnectionThatTheBackendClosedIsNoFailure() {
    TestDirector app = director("'interval':'1h'");
    RawClient client = STAGE.client();
    for (int i = 0; i < 5; i++) {
      client.get(app.path("x"));
      Arrival arrival = backend.next();
      arrival.answer();
      assertThat(client.read().status()).isEqualTo(200);
      arrival.reset();
    }
    assertThat(app.health("b1")).isEqualTo("online");
  }
}
