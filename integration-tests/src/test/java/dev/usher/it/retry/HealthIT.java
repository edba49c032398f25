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
  /** What an idle sidecar is watched for; some intervals long. */
  private static final Duration A_WHILE = Duration.ofMillis(300);

  @RegisterExtension static final Stage STAGE = Stage.standard();

  private final GateBackend backend = STAGE.backend();

  private TestDirector director(String healthCheck) {
    return STAGE
        .director()
        .healthCheck("'kind':'tcp'," + healthCheck)
        .backend("b1", backend, 5)
        .create();
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
        .as("three intervals between four probes, each at most a tenth shorter")
        .isGreaterThan(Duration.ofMillis(260));
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

  private void awaitProbes() {
    int before = backend.connections();
    Await.until("some probes come", () -> backend.connections() >= before + 3);
  }

  private void wantNoProbes() {
    int before = backend.connections();
    Await.holds("no probe comes", A_WHILE, () -> backend.connections() == before);
  }

  @Test
  void aParanoidSidecarNoticesWithoutAnyRequestThatABackendGoesAndComesBack() {
    TestDirector app = director("'mode':'paranoid','interval':'30ms'");
    app.awaitHealth("b1", "online");
    awaitProbes();
    backend.die();
    app.awaitHealth("b1", "offline");
    app.awaitCapacity(0);
    assertThat(app.backend("b1").at("/health/cause").asText()).startsWith("probe: ");
    backend.open();
    backend.revive();
    app.awaitHealth("b1", "online");
    assertThat(app.send("x").read().status()).isEqualTo(200);
  }

  @Test
  void aParanoidSidecarSendsNothingToABackendThatWasNeverThere() {
    backend.die();
    TestDirector app = director("'mode':'paranoid','interval':'30ms'");
    app.awaitHealth("b1", "offline");
    RawClient client = app.send("x");
    app.awaitQueued(1);
    backend.open();
    backend.revive();
    assertThat(client.read().status()).isEqualTo(200);
    assertThat(backend.total()).as("nothing was tried before").isEqualTo(1);
  }

  @Test
  void stickyModeLetsAParanoidFleetStart() {
    TestDirector app =
        STAGE
            .director()
            .set("'sticky-offline-mode':true")
            .healthCheck("'kind':'tcp','mode':'paranoid','interval':'30ms'")
            .backend("b1", backend, 5)
            .create();
    app.awaitCapacity(5);
    assertThat(app.backend("b1").at("/enabled").asBoolean()).isTrue();
    backend.die();
    Await.until("b1 is disabled", () -> !app.backend("b1").at("/enabled").asBoolean());
  }

  @Test
  void anOpportunisticSidecarProbesAnIdleBackendAndNotAFullOne() {
    TestDirector app =
        STAGE
            .director()
            .healthCheck("'kind':'tcp','mode':'opportunistic','interval':'30ms'")
            .backend("b1", backend, 1)
            .create();
    assertThat(app.health("b1")).isEqualTo("online");
    awaitProbes();
    RawClient client = app.send("x");
    Arrival arrival = backend.next();
    wantNoProbes();
    arrival.answer();
    assertThat(client.read().status()).isEqualTo(200);
    awaitProbes();
    backend.die();
    app.awaitHealth("b1", "offline");
  }

  @Test
  void theModeOfADirectorAndOfABackendChangesAtRuntime() {
    TestDirector app = director("'interval':'30ms'");
    wantNoProbes();
    app.post("{'health-check':{'mode':'paranoid'}}").expect(200);
    assertThat(app.health("b1")).as("what is known stays known").isEqualTo("online");
    awaitProbes();
    app.postBackend("b1", "{'health-check':{'mode':'lazy'}}").expect(200);
    assertThat(app.backend("b1").at("/health/mode").asText()).isEqualTo("lazy");
    Await.until("the last probe is over", () -> app.capacity() == 5);
    wantNoProbesFromNowOn();
    app.postBackend("b1", "{'health-check':null}").expect(200);
    awaitProbes();
  }

  /** One may be under way. */
  private void wantNoProbesFromNowOn() {
    Await.until(
        "probes have ended",
        () -> {
          int before = backend.connections();
          Await.holds("time passes", Duration.ofMillis(100), () -> true);
          return backend.connections() == before;
        });
    wantNoProbes();
  }

  @Test
  void aBackendGoesOfflineAfterAsManyFailuresInARowAsFallSays() {
    TestDirector app =
        STAGE
            .director()
            .set("'max-retry-count':0")
            .healthCheck("'kind':'tcp','interval':'1h','fall':3")
            .backend("b1", backend, 5)
            .create();
    backend.die();
    for (int failures = 1; failures <= 2; failures++) {
      assertThat(app.send("x").read().status()).isEqualTo(503);
      assertThat(app.health("b1")).isEqualTo("online");
      assertThat(app.backend("b1").at("/health/failures-in-row").asInt()).isEqualTo(failures);
    }
    app.send("x").read();
    assertThat(app.health("b1")).isEqualTo("offline");
  }

  @Test
  void answersOf5xxTakeABackendOfflineWhereTheyCount() {
    TestDirector app = director("'interval':'1h','count-5xx':true,'fall-5xx':2");
    backend.script(arrival -> arrival.answer(503, "busy"));
    assertThat(app.send("x").read().status()).isEqualTo(503);
    assertThat(app.health("b1")).isEqualTo("online");
    assertThat(app.send("x").read().status()).isEqualTo(503);
    app.awaitHealth("b1", "offline");
  }
}
