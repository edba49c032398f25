package dev.usher.it.timeout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.it.harness.Answer;
import dev.usher.it.harness.Arrival;
import dev.usher.it.harness.Await;
import dev.usher.it.harness.FullPort;
import dev.usher.it.harness.GateBackend;
import dev.usher.it.harness.RawClient;
import dev.usher.it.harness.Stage;
import dev.usher.it.harness.TestDirector;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that say how much time they have left. */
class DeadlineIT {
  @RegisterExtension static final Stage STAGE = Stage.standard();

  private final GateBackend backend = STAGE.backend();

  private TestDirector director(String settings) {
    return STAGE.director().backend("b1", backend, 1).set(settings).create();
  }

  private static void assertLate(Answer answer) {
    assertThat(answer.status()).isEqualTo(504);
    assertThat(answer.reason()).isEqualTo("deadline");
    assertThat(answer.get("Retry-After")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "X-Request-Deadline-Ms: 400, grpc-timeout: 20S",
    "X-Request-Deadline-Ms: 20000, grpc-timeout: 400m",
    "X-Request-Deadline-Ms: 20000, X-Request-Deadline-Ms: 400"
  })
  void theEarliestCountsAndTheBackendIsNotToBlame(String one, String other) {
    TestDirector app = director("'request-timeout':'10s'");
    Took took = Took.fromNow();
    RawClient client = app.send("x", one, other);
    Arrival arrival = backend.next();
    assertLate(client.read());
    took.atLeastMillis(400);
    app.awaitRest();
    Await.until("the backend's connection is cut", arrival::gone);
    assertThat(app.health("b1")).isEqualTo("online");
  }

  @Test
  void aWaiterLeavesTheQueueAtItsDeadline() {
    TestDirector app = director("'queue-timeout':'20s'");
    RawClient runs = app.enter("root", "runs");
    Took took = Took.fromNow();
    assertLate(app.send("waits", "X-Request-Deadline-Ms: 400").read());
    took.atLeastMillis(400);
    assertThat(app.queued()).isZero();
    assertThat(app.bucket("root").at("/stats/timed-out").asInt()).isEqualTo(1);
    backend.next().answer();
    assertThat(runs.read().status()).isEqualTo(200);
    app.awaitRest();
    assertThat(backend.total()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"X-Request-Deadline-Ms: 0", "grpc-timeout: 0n"})
  void whoHasNoTimeLeftIsRefusedAtOnce(String field) {
    TestDirector app = director("'queue-timeout':'20s'");
    assertLate(app.send("x", field).read());
    assertThat(app.view().at("/stats/queued/total").asInt()).isZero();
    assertThat(app.view().at("/stats/load/total").asInt()).isZero();
    assertThat(app.bucket("root").at("/stats/timed-out").asInt()).isZero();
    assertThat(app.view().at("/stats/dropped").asInt()).isEqualTo(1);
    assertThat(backend.connections()).isZero();
  }

  @Test
  void aConnectionThatIsNotThereInTimeIsNotTheBackendsFault() {
    FullPort full = STAGE.keep(FullPort.open());
    TestDirector app =
        STAGE
            .director()
            .backend("b1", full.url(), 1, "active")
            .set("'connect-timeout':'20s'")
            .create();
    Took took = Took.fromNow();
    assertLate(app.send("x", "X-Request-Deadline-Ms: 400").read());
    took.atLeastMillis(400);
    app.awaitRest();
    assertThat(app.health("b1")).isEqualTo("online");
  }

  @Test
  void theBackendHearsWhatIsLeftAfterTheWait() {
    TestDirector app = director("'queue-timeout':'20s'");
    RawClient runs = app.enter("root", "runs");
    RawClient waits = app.send("waits", "X-Request-Deadline-Ms: 20000", "grpc-timeout: 30S");
    app.awaitQueued(1);
    Await.holds("it waits", Duration.ofMillis(300), () -> !waits.hasAnswer());
    Arrival first = backend.next();
    assertThat(first.head().has("X-Request-Deadline-Ms")).isFalse();
    assertThat(first.head().has("grpc-timeout")).isFalse();
    first.answer();
    Arrival second = backend.next();
    int millis = Integer.parseInt(second.head().get("X-Request-Deadline-Ms"));
    assertThat(millis).isBetween(5_000, 19_700);
    String grpc = second.head().get("grpc-timeout");
    assertThat(grpc).endsWith("u");
    int micros = Integer.parseInt(grpc.substring(0, grpc.length() - 1));
    assertThat(micros / 1_000).as("the earliest deadline is everybody's").isEqualTo(millis);
    second.answer();
    assertThat(runs.read().status()).isEqualTo(200);
    assertThat(waits.read().status()).isEqualTo(200);
    app.awaitRest();
  }

  @Test
  void aRequestTimeoutShortensWhatTheBackendHears() {
    TestDirector app = director("'request-timeout':'10s'");
    RawClient client = app.send("x", "X-Request-Deadline-Ms: 20000");
    Arrival arrival = backend.next();
    assertThat(Integer.parseInt(arrival.head().get("X-Request-Deadline-Ms")))
        .isBetween(1_000, 10_000);
    arrival.answer();
    assertThat(client.read().status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-Request-Deadline-Ms: soon",
        "X-Request-Deadline-Ms: -1",
        "X-Request-Deadline-Ms: 1.5",
        "X-Request-Deadline-Ms: 99999999999999999999",
        "grpc-timeout: 5",
        "grpc-timeout: 5s",
        "grpc-timeout: 123456789m"
      })
  void whatIsNoTimeIs400(String field) {
    TestDirector app = director("'request-timeout':'10s'");
    RawClient client = app.send("x", field);
    Answer answer = client.read();
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.reason()).isEqualTo("bad-deadline");
    assertThat(client.closedByPeer()).isTrue();
    assertThat(backend.connections()).isZero();
  }

  @Test
  void requestTimeoutAndFirstByteTimeoutComeAndGo() {
    TestDirector app = director("'request-timeout':'90s','first-byte-timeout':'1500ms'");
    assertThat(app.config().at("/request-timeout").asText()).isEqualTo("90s");
    assertThat(app.config().at("/first-byte-timeout").asText()).isEqualTo("1500ms");
    app.post("{'request-timeout':'0s','first-byte-timeout':null}").expect(200);
    assertThat(app.config().has("request-timeout")).isFalse();
    assertThat(app.config().has("first-byte-timeout")).isFalse();
    app.post("{'first-byte-timeout':'0s'}").expect(400);
  }
}
