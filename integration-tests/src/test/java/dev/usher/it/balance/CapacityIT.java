package dev.usher.it.balance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.it.harness.Await;
import dev.usher.it.harness.GateBackend;
import dev.usher.it.harness.RawClient;
import dev.usher.it.harness.Stage;
import dev.usher.it.harness.TestDirector;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The root's tokens follow the backends, and every change drains. */
class CapacityIT {
  @RegisterExtension static final Stage STAGE = Stage.standard();

  private final GateBackend b1 = STAGE.backend();
  private final GateBackend b2 = STAGE.backend();
  private final List<RawClient> clients = new ArrayList<>();
  private final TestDirector app =
      STAGE.director().backend("b1", b1, 2).backend("b2", b2, 2).create();

  private void send(int requests) {
    for (int i = 0; i < requests; i++) {
      clients.add(app.enter("root", "r" + clients.size()));
    }
  }

  private void awaitInFlight(int atB1, int atB2) {
    Await.until(
        "%d and %d are in flight".formatted(atB1, atB2),
        () -> b1.inFlightCount() == atB1 && b2.inFlightCount() == atB2);
  }

  private void readAll() {
    b1.open();
    b2.open();
    clients.forEach(client -> assertThat(client.read().status()).isEqualTo(200));
    app.awaitRest();
  }

  @Test
  void moreCapacityDrains() {
    send(10);
    awaitInFlight(2, 2);
    app.postBackend("b1", "{'capacity':5}").expect(200);
    assertThat(app.capacity()).isEqualTo(7);
    awaitInFlight(5, 2);
    assertThat(app.queued()).isEqualTo(3);
    readAll();
  }

  @Test
  void lessCapacityLetsRunningRequestsEndAndGrantsNothingUntilThereIsRoom() {
    send(6);
    awaitInFlight(2, 2);
    app.postBackend("b1", "{'capacity':1}").expect(200);
    app.postBackend("b2", "{'capacity':1}").expect(200);
    assertThat(app.capacity()).isEqualTo(2);
    assertThat(app.load()).isEqualTo(4);
    b1.next().answer();
    awaitInFlight(1, 2);
    assertThat(app.queued()).isEqualTo(2);
    b2.next().answer();
    awaitInFlight(1, 1);
    assertThat(app.queued()).isEqualTo(2);
    b2.next().answer();
    awaitInFlight(1, 1);
    app.awaitQueued(1);
    readAll();
  }

  @Test
  void lockingABackendTakesItsTokensAwayAndUnlockingDrains() {
    send(6);
    awaitInFlight(2, 2);
    STAGE.admin().lock(app.api() + "/backends/b2").expect(204);
    assertThat(app.capacity()).isEqualTo(2);
    b2.next().answer();
    b2.next().answer();
    awaitInFlight(2, 0);
    app.awaitLoad(2);
    assertThat(app.queued()).isEqualTo(2);
    STAGE.admin().unlock(app.api() + "/backends/b2").expect(204);
    assertThat(app.capacity()).isEqualTo(4);
    awaitInFlight(2, 2);
    readAll();
  }

  @Test
  void aNewBackendDrains() {
    GateBackend b3 = STAGE.backend();
    send(7);
    awaitInFlight(2, 2);
    STAGE
        .admin()
        .put(app.api() + "/backends/b3", "{'url':'" + b3.url() + "','capacity':2}")
        .expect(201);
    assertThat(app.capacity()).isEqualTo(6);
    Await.until("two are at the new one", () -> b3.inFlightCount() == 2);
    assertThat(app.queued()).isEqualTo(1);
    b3.open();
    readAll();
  }

  @Test
  void aBackendThatDiesTakesItsTokensWithIt() {
    send(4);
    awaitInFlight(2, 2);
    b2.die();
    app.awaitHealth("b2", "offline");
    app.awaitCapacity(2);
    assertThat(b1.inFlightCount()).isEqualTo(2);
    app.awaitQueued(2);
    b2.revive();
    app.awaitHealth("b2", "online");
    app.awaitCapacity(4);
    awaitInFlight(2, 2);
    readAll();
  }

  @Test
  void everyKindOfTokenIsBackAtRest() {
    send(5);
    clients.get(0).abort();
    clients.get(4).abort();
    Await.until("both are gone", () -> app.load() + app.queued() == 3);
    clients.remove(4);
    clients.remove(0);
    readAll();
  }
}
