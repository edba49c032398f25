package dev.usher.it.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.usher.it.harness.AdminClient;
import dev.usher.it.harness.Arrival;
import dev.usher.it.harness.GateBackend;
import dev.usher.it.harness.RawClient;
import dev.usher.it.harness.Reply;
import dev.usher.it.harness.Stage;
import dev.usher.it.harness.TestDirector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BucketsApiIT {
  @RegisterExtension static final Stage STAGE = Stage.standard();

  private final AdminClient admin = STAGE.admin();
  private final GateBackend server = STAGE.backend();
  private final TestDirector app = STAGE.director().backend("b1", server, 10).create();
  private final String vip = app.api() + "/buckets/vip";

  @Test
  void putCreatesThenReplaces() {
    Reply created = admin.put(vip, "{'rate':'20%','ceil':'40%'}").expect(201);
    assertThat(created.etag()).isNotEmpty();
    JsonNode bucket = admin.read(vip);
    assertThat(bucket.at("/name").asText()).isEqualTo("vip");
    assertThat(bucket.at("/rate").asText()).isEqualTo("20%");
    assertThat(bucket.at("/token-rate").asInt()).isEqualTo(2);
    assertThat(bucket.at("/token-ceil").asInt()).isEqualTo(4);
    for (String field : new String[] {"actual", "overrate", "queued"}) {
      assertThat(bucket.at("/" + field).asInt(-1)).as(field).isZero();
    }
    admin.put(vip, "{'rate':'3t'}").expect(200);
    assertThat(admin.read(vip).at("/ceil").asText()).as("its default again").isEqualTo("100%");
    assertThat(admin.read(vip).at("/token-rate").asInt()).isEqualTo(3);
  }

  @Test
  void putWithoutAnythingMakesAScavenger() {
    admin.call("PUT", vip, "").expect(201);
    assertThat(admin.read(vip).at("/token-rate").asInt(-1)).isZero();
    assertThat(admin.read(vip).at("/token-ceil").asInt()).isEqualTo(10);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          JSON  | application/json                  | {"parent":"vip","rate":"50%"} |
          form  | application/x-www-form-urlencoded | parent=vip&rate=50%25         |
          query | application/x-www-form-urlencoded | ''                            | ?parent=vip&rate=50%25
          """)
  void parentPlacesIt(String how, String type, String body, String query) {
    admin.put(vip, "{'rate':'40%'}").expect(201);
    String path = app.api() + "/buckets/inner" + (query == null ? "" : query);
    admin.call("PUT", path, body, "Content-Type", type).expect(201);
    assertThat(app.config().at("/buckets/vip/buckets/inner/rate").asText()).isEqualTo("50%");
    assertThat(app.bucket("inner").at("/token-rate").asInt()).isEqualTo(2);
  }

  @Test
  void anUnknownParentIsRefused() {
    Reply reply = admin.put(vip + "?parent=none", "{'rate':'40%'}");
    assertThat(reply.status()).isIn(400, 404, 422);
    assertThat(reply.json().at("/field").asText()).isEqualTo("parent");
    assertThat(app.config().at("/buckets")).isEmpty();
  }

  @Test
  void aBucketCannotBecomeItsOwnAncestor() {
    admin.put(vip, "{'rate':'40%'}").expect(201);
    admin.put(app.api() + "/buckets/inner?parent=vip", "{'rate':'50%'}").expect(201);
    JsonNode before = app.config();
    assertThat(admin.post(vip + "?parent=inner", "").status()).isIn(400, 409, 422);
    assertThat(admin.post(vip + "?parent=vip", "").status()).isIn(400, 409, 422);
    assertThat(app.config()).isEqualTo(before);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          JSON  | application/json                  | {"ceil":"50%","priority":3} |
          form  | application/x-www-form-urlencoded | ceil=50%25&priority=3       |
          query | application/x-www-form-urlencoded | ''                          | ?ceil=50%25&priority=3
          """)
  void postChangesSomeProperties(String how, String type, String body, String query) {
    admin.put(vip, "{'rate':'20%','ceil':'40%','lend':'30%'}").expect(201);
    admin.call("POST", vip + (query == null ? "" : query), body, "Content-Type", type).expect(200);
    JsonNode bucket = app.config().at("/buckets/vip");
    assertThat(bucket.at("/ceil").asText()).isEqualTo("50%");
    assertThat(bucket.at("/priority").asInt()).isEqualTo(3);
    assertThat(bucket.at("/lend").asText()).isEqualTo("30%");
    assertThat(bucket.at("/rate").asText()).isEqualTo("20%");
  }

  @Test
  void postKeepsTheBucketsBelow() {
    admin.put(vip, "{'rate':'40%','buckets':{'inner':{'rate':'50%'}}}").expect(201);
    admin.post(vip, "{'rate':'60%'}").expect(200);
    assertThat(app.bucket("inner").at("/token-rate").asInt()).isEqualTo(3);
  }

  @Test
  void aChangeWithOneBadFieldChangesNothing() {
    admin.put(vip, "{'rate':'20%'}").expect(201);
    JsonNode before = app.config();
    Reply reply = admin.post(vip, "{'rate':'30%','ceil':'50%','priority':8}").expect(400);
    assertThat(reply.json().at("/field").asText()).isEqualTo("priority");
    assertThat(app.config()).isEqualTo(before);
  }

  @Test
  void deleteMovesWaitersToTheParentInOrderOfAge() {
    // Room for one more than the one that runs: who arrives at the backend first is then no race.
    admin.put(vip, "{'ceil':'2t','buckets':{'jail':{'ceil':'1t'}}}").expect(201);
    app.enter("jail", "j1");
    Arrival running = server.next();
    RawClient second = app.enter("jail", "j2");
    RawClient third = app.enter("jail", "j3");
    assertThat(app.waiting("jail")).isEqualTo(2);
    admin.delete(app.api() + "/buckets/jail").expect(204);
    assertThat(server.next().target()).isEqualTo(app.path("j2"));
    assertThat(app.held("vip")).isEqualTo(2);
    assertThat(app.waiting("vip")).isEqualTo(1);
    running.answer();
    assertThat(server.next().target()).isEqualTo(app.path("j3"));
    server.open();
    assertThat(second.read().status()).isEqualTo(200);
    assertThat(third.read().status()).isEqualTo(200);
    app.awaitRest();
  }

  @Test
  void deleteOfABucketThatHasBucketsLosesNobody() {
    admin.put(vip, "{'ceil':'1t','buckets':{'inner':{'rate':'100%'}}}").expect(201);
    app.enter("inner", "r1");
    RawClient second = app.enter("inner", "r2");
    RawClient third = app.enter("vip", "r3");
    Reply reply = admin.delete(vip);
    assertThat(reply.status()).as(reply.toString()).isIn(204, 409, 422);
    server.open();
    assertThat(second.read().status()).isEqualTo(200);
    assertThat(third.read().status()).isEqualTo(200);
    app.awaitRest();
  }

  @Test
  void theRootCanBeReadButNotRemoved() {
    assertThat(admin.read(app.api() + "/buckets/root").at("/token-rate").asInt()).isEqualTo(10);
    assertThat(admin.delete(app.api() + "/buckets/root").status()).isIn(400, 403, 405, 409, 422);
    assertThat(app.capacity()).isEqualTo(10);
  }

  @ParameterizedTest
  @CsvSource({"GET, ''", "POST, ''", "DELETE, ''", "GET, /explain"})
  void anUnknownBucketIs404(String verb, String rest) {
    Reply reply = admin.call(verb, app.api() + "/buckets/none" + rest, "").expect(404);
    assertThat(reply.json().at("/error").asText()).isNotEmpty();
  }

  private JsonNode explain(String bucket) {
    return admin.read(app.api() + "/buckets/" + bucket + "/explain");
  }

  @Test
  void explainSaysThatNothingWaits() {
    admin.put(vip, "{'ceil':'1t'}").expect(201);
    JsonNode nothing = explain("vip");
    assertThat(nothing.at("/bucket").asText()).isEqualTo("vip");
    assertThat(nothing.at("/waiting").asInt(-1)).isZero();
    assertThat(nothing.at("/limit").asText()).isEqualTo("none");
  }

  @Test
  void explainNamesTheCeilingAndWhoHoldsItsTokens() {
    admin.put(vip, "{'ceil':'3t','buckets':{'inner':{'rate':'100%'}}}").expect(201);
    app.enter("vip", "r1");
    app.enter("inner", "r2");
    app.enter("inner", "r3");
    app.enter("inner", "waits");
    JsonNode inner = explain("inner");
    assertThat(inner.at("/waiting").asInt()).isEqualTo(1);
    assertThat(inner.at("/limit").asText()).isEqualTo("ceil");
    assertThat(inner.toString()).contains("vip");
    assertThat(inner.at("/holders/0/bucket").asText()).isEqualTo("inner");
    assertThat(inner.at("/holders/0/tokens").asInt()).isEqualTo(2);
    assertThat(inner.at("/holders/1/bucket").asText()).isEqualTo("vip");
  }

  @Test
  void explainNamesAReserve() {
    admin.put(vip, "{'rate':'4t','lend':'0%'}").expect(201);
    admin.put(app.api() + "/buckets/main", "{'rate':'6t'}").expect(201);
    for (int i = 0; i < 7; i++) {
      app.enter("main", "r" + i);
    }
    assertThat(explain("main").at("/limit").asText()).isEqualTo("reserve");
  }

  @Test
  void explainNamesFullBackends() {
    app.send("pinned", "X-Backend: b1");
    server.next();
    app.postBackend("b1", "{'capacity':1}").expect(200);
    app.enter("root", "waits");
    assertThat(explain("root").at("/limit").asText()).isEqualTo("backends");
  }
}
