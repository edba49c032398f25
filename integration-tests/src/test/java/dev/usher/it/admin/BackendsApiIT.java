package dev.usher.it.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.usher.it.harness.AdminClient;
import dev.usher.it.harness.Answer;
import dev.usher.it.harness.Arrival;
import dev.usher.it.harness.Await;
import dev.usher.it.harness.GateBackend;
import dev.usher.it.harness.RawClient;
import dev.usher.it.harness.Reply;
import dev.usher.it.harness.Stage;
import dev.usher.it.harness.TestDirector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackendsApiIT {
  @RegisterExtension static final Stage STAGE = Stage.standard();

  private final AdminClient admin = STAGE.admin();
  private final GateBackend server = STAGE.backend();
  private final TestDirector app = STAGE.director().create();
  private final String b1 = app.api() + "/backends/b1";

  private void putB1() {
    admin.put(b1, "{'url':'" + server.url() + "','capacity':2}").expect(201);
  }

  @Test
  void putCreatesThenReplaces() {
    Reply created = admin.put(b1, "{'url':'http://127.0.0.1:9','capacity':4}").expect(201);
    assertThat(created.etag()).isNotEmpty();
    JsonNode backend = admin.read(b1);
    assertThat(backend.at("/name").asText()).isEqualTo("b1");
    assertThat(backend.at("/url").asText()).isEqualTo("http://127.0.0.1:9");
    assertThat(backend.at("/capacity").asInt()).isEqualTo(4);
    assertThat(backend.at("/role").asText()).isEqualTo("active");
    assertThat(backend.at("/enabled").asBoolean()).isTrue();
    assertThat(backend.at("/load/current").asInt(-1)).isZero();
    assertThat(backend.at("/health/state").asText()).isEqualTo("online");
    assertThat(backend.at("/requests-per-second/history")).hasSize(60);
    admin.put(b1, "{'url':'http://127.0.0.1:9','capacity':5,'role':'standby'}").expect(200);
    assertThat(admin.read(b1).at("/role").asText()).isEqualTo("standby");
    assertThat(app.capacity()).isEqualTo(5);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          JSON  | application/json                  | {"capacity":7,"role":"backup"} |
          form  | application/x-www-form-urlencoded | capacity=7&role=backup         |
          query | application/x-www-form-urlencoded | ''                             | ?capacity=7&role=backup
          """)
  void postChangesSomeProperties(String how, String type, String body, String query) {
    putB1();
    admin.call("POST", b1 + (query == null ? "" : query), body, "Content-Type", type).expect(200);
    JsonNode backend = admin.read(b1);
    assertThat(backend.at("/capacity").asInt()).isEqualTo(7);
    assertThat(backend.at("/role").asText()).isEqualTo("backup");
    assertThat(backend.at("/url").asText()).isEqualTo(server.url());
  }

  @Test
  void aFormCanCreate() {
    admin.form("PUT", b1, "url=http%3A%2F%2F127.0.0.1%3A9&capacity=3").expect(201);
    assertThat(admin.read(b1).at("/capacity").asInt()).isEqualTo(3);
  }

  @Test
  void aChangeWithOneBadFieldChangesNothing() {
    putB1();
    JsonNode before = app.config();
    Reply reply = admin.post(b1, "{'capacity':9,'role':'standby','enabled':'perhaps'}").expect(400);
    assertThat(reply.json().at("/field").asText()).isEqualTo("enabled");
    assertThat(app.config()).isEqualTo(before);
    assertThat(app.capacity()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({"GET", "POST", "DELETE", "LOCK", "UNLOCK"})
  void anUnknownBackendIs404(String verb) {
    Reply reply = admin.call(verb, app.api() + "/backends/none", "").expect(404);
    assertThat(reply.json().at("/error").asText()).isNotEmpty();
  }

  @Test
  void lockDisablesAndUnlockEnables() {
    putB1();
    admin.lock(b1).expect(204);
    assertThat(admin.read(b1).at("/enabled").asBoolean()).isFalse();
    assertThat(app.capacity()).isZero();
    admin.unlock(b1).expect(204);
    assertThat(admin.read(b1).at("/enabled").asBoolean()).isTrue();
    assertThat(app.capacity()).isEqualTo(2);
  }

  @Test
  void deleteLetsRunningRequestsFinishAndThenRemoves() {
    putB1();
    RawClient runs = app.enter("root", "runs");
    Arrival arrival = server.next();
    admin.delete(b1).expect(202);
    assertThat(admin.read(b1).at("/role").asText()).isEqualTo("terminating");
    assertThat(app.capacity()).isZero();
    Reply again = admin.delete(b1).expect(409);
    assertThat(again.json().at("/error").asText()).isNotEmpty();
    RawClient waits = app.enter("root", "waits");
    assertThat(app.queued()).isEqualTo(1);
    arrival.answer();
    assertThat(runs.read().status()).isEqualTo(200);
    Await.until("it is removed", () -> admin.get(b1).status() == 404);
    assertThat(server.total()).isEqualTo(1);
    putB1();
    server.next().answer();
    assertThat(waits.read().status()).isEqualTo(200);
  }

  @Test
  void deleteOfAnIdleBackendRemovesItAtOnce() {
    putB1();
    admin.delete(b1).expect(202);
    Await.until("it is removed", () -> admin.get(b1).status() == 404);
    assertThat(app.config().at("/backends")).isEmpty();
  }

  /** Sends what must not be sent twice, so that it ends with its backend. */
  private RawClient runPost() {
    RawClient client = STAGE.client().post(app.path("runs"), "body");
    app.awaitLoad(1);
    return client;
  }

  @Test
  void deleteNowCutsRunningRequests() {
    putB1();
    RawClient runs = runPost();
    Arrival arrival = server.next();
    Reply reply = admin.delete(b1 + "?now=true");
    assertThat(reply.status()).isIn(202, 204);
    Await.until("the request is broken off", arrival::gone);
    Answer answer = runs.read();
    assertThat(answer.status()).isIn(502, 503);
    Await.until("it is removed", () -> admin.get(b1).status() == 404);
    app.awaitRest();
  }

  @Test
  void deleteNowCutsWhatWasDrainingBefore() {
    putB1();
    RawClient runs = runPost();
    Arrival arrival = server.next();
    admin.delete(b1).expect(202);
    assertThat(admin.delete(b1 + "?now=true").status()).isIn(202, 204);
    Await.until("the request is broken off", arrival::gone);
    assertThat(runs.read().status()).isIn(502, 503);
    Await.until("it is removed", () -> admin.get(b1).status() == 404);
    app.awaitRest();
  }

  @Test
  void whatDeleteNowCutsBeforeItsAnswerGoesToAnotherBackend() {
    GateBackend other = STAGE.backend().open();
    putB1();
    RawClient runs = app.enter("root", "runs");
    Arrival arrival = server.next();
    admin.put(app.api() + "/backends/b2", "{'url':'" + other.url() + "','capacity':1}").expect(201);
    assertThat(admin.delete(b1 + "?now=true").status()).isIn(202, 204);
    Await.until("the request is broken off", arrival::gone);
    Answer answer = runs.read();
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.get("X-Director-Backend")).isEqualTo("b2");
    app.awaitRest();
  }

  @Test
  void aNewUrlMovesNewRequests() {
    GateBackend other = STAGE.backend().open();
    putB1();
    RawClient runs = app.enter("root", "runs");
    Arrival arrival = server.next();
    admin.post(b1, "{'url':'" + other.url() + "'}").expect(200);
    assertThat(app.send("new").read().status()).isEqualTo(200);
    assertThat(other.total()).isEqualTo(1);
    arrival.answer();
    assertThat(runs.read().status()).isEqualTo(200);
    app.awaitRest();
  }

  @Test
  void countsItsRequests() {
    server.open();
    putB1();
    for (int i = 0; i < 5; i++) {
      assertThat(app.send("x").read().status()).isEqualTo(200);
    }
    app.awaitRest();
    assertThat(admin.read(b1).at("/load/total").asInt()).isEqualTo(5);
    assertThat(app.view().at("/stats/load/total").asInt()).isEqualTo(5);
    Await.until(
        "the last seconds show them",
        () -> admin.read(b1).at("/requests-per-second/max").asInt() >= 1);
  }
}
