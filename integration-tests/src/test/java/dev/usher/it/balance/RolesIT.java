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

class RolesIT {
  @RegisterExtension static final Stage STAGE = Stage.standard();

  private final GateBackend active = STAGE.backend();
  private final GateBackend standby = STAGE.backend();
  private final GateBackend backup = STAGE.backend();
  private final List<RawClient> clients = new ArrayList<>();

  private final TestDirector app =
      STAGE
          .director()
          .backend("active", active, 2, "active")
          .backend("standby", standby, 2, "standby")
          .backend("backup", backup, 3, "backup")
          .create();

  private void enter(int requests) {
    for (int i = 0; i < requests; i++) {
      clients.add(app.enter("root", "r" + clients.size()));
    }
  }

  private void assertInFlight(int atActive, int atStandby, int atBackup) {
    Await.until(
        "%d, %d and %d are in flight".formatted(atActive, atStandby, atBackup),
        () ->
            active.inFlightCount() == atActive
                && standby.inFlightCount() == atStandby
                && backup.inFlightCount() == atBackup);
    assertThat(app.load()).isEqualTo(atActive + atStandby + atBackup);
  }

  private void switchOff(String backend) {
    STAGE.admin().lock(app.api() + "/backends/" + backend).expect(204);
  }

  private void switchOn(String backend) {
    STAGE.admin().unlock(app.api() + "/backends/" + backend).expect(204);
  }

  private void openAllAndReadAll() {
    List.of(active, standby, backup).forEach(GateBackend::open);
    clients.forEach(client -> assertThat(client.read().status()).isEqualTo(200));
    app.awaitRest();
  }

  @Test
  void standbyTakesWhatTheActivesHaveNoRoomFor() {
    assertThat(app.capacity()).isEqualTo(4);
    enter(1);
    assertInFlight(1, 0, 0);
    enter(1);
    assertInFlight(2, 0, 0);
    enter(1);
    assertInFlight(2, 1, 0);
    enter(3);
    assertInFlight(2, 2, 0);
    assertThat(app.queued()).isEqualTo(2);
    active.next().answer();
    assertInFlight(2, 2, 0);
    openAllAndReadAll();
    assertThat(backup.total()).isZero();
  }

  @Test
  void standbyServesWhenTheActivesAreOff() {
    switchOff("active");
    assertThat(app.capacity()).isEqualTo(2);
    enter(3);
    assertInFlight(0, 2, 0);
    switchOn("active");
    assertInFlight(1, 2, 0);
    openAllAndReadAll();
  }

  @Test
  void backupServesOnlyWhenNothingElseDoes() {
    switchOff("active");
    switchOff("standby");
    assertThat(app.capacity()).isEqualTo(3);
    enter(4);
    assertInFlight(0, 0, 3);
    assertThat(app.queued()).isEqualTo(1);
    switchOn("standby");
    assertThat(app.capacity()).isEqualTo(2);
    openAllAndReadAll();
  }

  @Test
  void backupIsNotUsedWhileActivesAreOnlyFull() {
    enter(6);
    assertInFlight(2, 2, 0);
    assertThat(app.queued()).isEqualTo(2);
    assertThat(backup.total()).isZero();
    openAllAndReadAll();
  }

  @Test
  void anEventThatComesTwiceCountsOnce() {
    switchOff("active");
    switchOff("active");
    assertThat(app.capacity()).isEqualTo(2);
    switchOn("active");
    switchOn("active");
    assertThat(app.capacity()).isEqualTo(4);
  }

  @Test
  void aTerminatingBackendFinishesWhatItHasAndTakesNothingNew() {
    switchOff("standby");
    enter(2);
    assertInFlight(2, 0, 0);
    app.postBackend("active", "{'role':'terminating'}").expect(200);
    assertThat(app.backend("active").at("/role").asText()).isEqualTo("terminating");
    assertThat(app.capacity()).isEqualTo(3);
    active.next().answer();
    assertThat(clients.get(0).read().status()).isEqualTo(200);
    enter(1);
    Await.until("the new one is at the backup", () -> backup.inFlightCount() == 1);
    assertThat(active.total()).isEqualTo(2);
    List.of(active, standby, backup).forEach(GateBackend::open);
    app.awaitRest();
  }

  @Test
  void aChangeOfRoleMovesTheLoad() {
    app.postBackend("backup", "{'role':'active'}").expect(200);
    assertThat(app.capacity()).isEqualTo(7);
    enter(7);
    assertInFlight(2, 2, 3);
    openAllAndReadAll();
  }
}
