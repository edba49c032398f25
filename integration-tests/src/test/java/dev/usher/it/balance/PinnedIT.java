package dev.usher.it.balance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.it.harness.Answer;
import dev.usher.it.harness.Arrival;
import dev.usher.it.harness.Await;
import dev.usher.it.harness.GateBackend;
import dev.usher.it.harness.RawClient;
import dev.usher.it.harness.Stage;
import dev.usher.it.harness.TestDirector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PinnedIT {
  @RegisterExtension static final Stage STAGE = Stage.standard();

  private final GateBackend b1 = STAGE.backend();
  private final GateBackend b2 = STAGE.backend();
  private final GateBackend spare = STAGE.backend();
  private final TestDirector app =
      STAGE
          .director()
          .backend("b1", b1, 1)
          .backend("b2", b2, 1)
          .backend("spare", spare, 1, "backup")
          .set("'retry-after':'7s'")
          .create();

  private RawClient pinned(String backend) {
    return app.send("pinned", "X-Backend: " + backend);
  }

  private void assertRefused(String backend, String reason) {
    Answer answer = pinned(backend).read();
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.reason()).isEqualTo(reason);
    assertThat(answer.get("Retry-After")).isEqualTo("7");
  }

  @Test
  void goesToTheNamedBackendPastAFullShaper() {
    app.enter("root", "r1");
    app.enter("root", "r2");
    app.enter("root", "waits");
    RawClient client = pinned("spare");
    spare.next().answer();
    Answer answer = client.read();
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.get("X-Director-Backend")).isEqualTo("spare");
    assertThat(app.queued()).isEqualTo(1);
    assertThat(app.view().at("/stats/queued/total").asInt()).isEqualTo(1);
  }

  @Test
  void goesToTheNamedBackendEachTime() {
    b1.open();
    b2.open();
    for (int i = 0; i < 6; i++) {
      assertThat(pinned("b2").read().get("X-Director-Backend")).isEqualTo("b2");
      app.awaitLoad(0);
    }
    assertThat(b1.total()).isZero();
  }

  @Test
  void holdsNoTokenButLoadsItsBackend() {
    pinned("b1");
    Arrival held = b1.next();
    assertThat(app.held("root")).isZero();
    assertThat(app.backend("b1").at("/load/current").asInt()).isEqualTo(1);
    assertThat(app.load()).isEqualTo(1);
    app.enter("root", "r1");
    assertThat(b2.next().target()).endsWith("r1");
    RawClient waits = app.enter("root", "r2");
    assertThat(app.queued()).isEqualTo(1);
    held.answer();
    b1.next().answer();
    assertThat(waits.read().status()).isEqualTo(200);
    assertThat(b1.maxInFlight()).isEqualTo(1);
  }

  @Test
  void isRefusedByAFullBackendAndNeverQueued() {
    pinned("b1");
    b1.next();
    assertRefused("b1", "backend-full");
    assertThat(app.view().at("/stats/queued/total").asInt()).isZero();
    assertThat(b2.total()).isZero();
  }

  @Test
  void isRefusedByABackendThatIsOff() {
    STAGE.admin().lock(app.api() + "/backends/b1").expect(204);
    assertRefused("b1", "backend-disabled");
    app.postBackend("b2", "{'role':'terminating'}").expect(200);
    assertRefused("b2", "backend-disabled");
  }

  @Test
  void isRefusedByABackendThatIsDown() {
    b1.die();
    RawClient client = pinned("b1");
    Answer first = client.read();
    assertThat(first.status()).isIn(502, 503);
    app.awaitHealth("b1", "offline");
    assertRefused("b1", "backend-offline");
    assertThat(b2.total()).isZero();
  }

  @Test
  void isRefusedWithoutSuchABackend() {
    assertRefused("nonesuch", "no-backend");
    assertThat(app.view().at("/stats/dropped").asInt()).isEqualTo(1);
  }

  @Test
  void isRefusedByADisabledDirector() {
    STAGE.admin().lock(app.api()).expect(204);
    assertRefused("b1", "disabled");
  }

  @Test
  void isNeverRepeated() {
    b1.script(Arrival::reset);
    Answer answer = pinned("b1").read();
    assertThat(answer.status()).isIn(502, 503);
    assertThat(answer.reason()).isIn("connection-reset", "retries-exhausted");
    Await.until("nothing is left", () -> app.load() == 0 && app.queued() == 0);
    assertThat(b1.total()).isEqualTo(1);
    assertThat(b2.total() + spare.total()).isZero();
  }
}
