package dev.usher.it.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.it.harness.AdminClient;
import dev.usher.it.harness.Arrival;
import dev.usher.it.harness.Await;
import dev.usher.it.harness.GateBackend;
import dev.usher.it.harness.RawClient;
import dev.usher.it.harness.Reply;
import dev.usher.it.harness.Stage;
import dev.usher.it.harness.TestDirector;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TransactionIT {
  @RegisterExtension static final Stage STAGE = Stage.standard();

  private final AdminClient admin = STAGE.admin();
  private final GateBackend server = STAGE.backend();
  private final TestDirector app =
      STAGE
          .director()
          .backend("b1", server, 10)
          .buckets("'vip':{'rate':'60%'},'main':{'rate':'40%'}")
          .create();
  private final TestDirector other = STAGE.director().backend("b1", server, 5).create();

  /** A change without the rest of the list. */
  private static String change(String method, String path, String... members) {
    return "{'method':'%s','path':'%s'%s}"
        .formatted(method, path, members.length == 0 ? "" : "," + String.join(",", members));
  }

  private Reply send(String query, String... changes) {
    return admin.post("/transaction" + query, "{'changes':[" + String.join(",", changes) + "]}");
  }

  @Test
  void manyChangesAreOne() {
    Reply reply =
        send(
                "",
                change("POST", app.api(), "'body':{'queue-limit':9}"),
                change("PUT", app.api() + "/backends/b2", "'body':{'url':'http://h','capacity':3}"),
                change("LOCK", app.api() + "/backends/b1"),
                change("POST", app.api() + "/buckets/vip?rate=10%25"),
                change("POST", app.api() + "/buckets/main", "'body':{'rate':'90%'}"),
                change("POST", other.api(), "'body':{'queue-limit':8}"),
                change("PUT", "/director/fresh", "'body':{'queue-limit':7}"))
            .expect(200);
    for (TestDirector each : List.of(app, other)) {
      assertThat(reply.json().at("/directors/" + each.name() + "/etag").asText())
          .isEqualTo(admin.get(each.api()).etag());
    }
    assertThat(app.capacity()).isEqualTo(3);
    assertThat(app.config().at("/buckets/vip/rate").asText()).isEqualTo("10%");
    assertThat(app.config().at("/buckets/main/rate").asText()).isEqualTo("90%");
    assertThat(other.config().at("/queue-limit").asInt()).isEqualTo(8);
    assertThat(admin.read("/director/fresh").at("/queue-limit").asInt()).isEqualTo(7);
    Reply removed = send("", change("DELETE", "/director/fresh")).expect(200);
    assertThat(removed.json().at("/directors/fresh/result").asText()).isEqualTo("removed");
    admin.get("/director/fresh").expect(404);
  }

  @Test
  void whenTheLastIsBadNothingIsChanged() {
    JsonNode before = app.config();
    String etag = admin.get(app.api()).etag();
    List<String> changes = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      String path = app.api() + "/backends/n" + i;
      changes.add(change("PUT", path, "'body':{'url':'http://h','capacity':1}"));
    }
    changes.add(change("PUT", "/director/fresh"));
    changes.add(change("POST", other.api(), "'body':{'queue-limit':-1,'retry-after':'x'}"));

    Reply refused = send("", changes.toArray(new String[0])).expect(400);

    assertThat(refused.json().at("/error").asText()).isEqualTo("bad-value");
    assertThat(refused.json().at("/details").findValuesAsText("field"))
        .containsExactlyInAnyOrder("queue-limit", "retry-after");
    for (JsonNode detail : refused.json().at("/details")) {
      assertThat(detail.at("/change").asInt()).isEqualTo(201);
      assertThat(detail.at("/wanted").asText()).isNotEmpty();
      assertThat(detail.at("/got").asText()).isNotEmpty();
    }
    assertThat(app.config()).isEqualTo(before);
    assertThat(admin.get(app.api()).etag()).isEqualTo(etag);
    admin.get("/director/fresh").expect(404);
  }

  @Test
  void aDryRunSaysWhatTheRealOneThenDoes() {
    String[] changes = {
      change("POST", app.api(), "'body':{'queue-limit':9,'health-check':{'expect':[200]}}"),
      change("POST", app.api() + "/buckets/main", "'body':{'parent':'vip'}"),
      change("DELETE", app.api() + "/backends/b1?now=true"),
      change("PUT", "/director/fresh", "'body':{'queue-limit':7}"),
      change("DELETE", other.api())
    };
    JsonNode before = app.config();
    ObjectNode dry = (ObjectNode) send("?dry-run=true", changes).expect(200).json();
    assertThat(app.config()).isEqualTo(before);
    admin.get("/director/fresh").expect(404);
    admin.get(other.api()).expect(200);

    ObjectNode real = (ObjectNode) send("", changes).expect(200).json();

    assertThat(dry.remove("dry-run").asBoolean()).isTrue();
    assertThat(real.remove("dry-run").asBoolean()).isFalse();
    for (ObjectNode each : List.of(dry, real)) {
      each.at("/directors").forEach(director -> ((ObjectNode) director).remove("etag"));
    }
    assertThat(real).isEqualTo(dry);
    assertThat(real.at("/directors/fresh/config")).isEqualTo(admin.read("/director/fresh/config"));
    JsonNode told = real.at("/directors/" + app.name() + "/changes");
    assertThat(told.findValuesAsText("field"))
        .contains("queue-limit", "health-check.expect", "backends.b1");
    for (JsonNode each : told) {
      String field = each.at("/field").asText();
      if (field.equals("queue-limit")) {
        assertThat(each.at("/before")).isEqualTo(before.at("/queue-limit"));
        assertThat(each.at("/after")).isEqualTo(app.config().at("/queue-limit"));
      }
    }
    admin.delete("/director/fresh").expect(204);
    admin.put(other.api(), "{}").expect(201);
  }

  @Test
  void aHostAndPortThatAreTakenAreToldByTheDryRunToo() {
    admin.put("/director/owner?hostname=shop.example", "{}").expect(201);
    String taken = change("PUT", "/director/late?hostname=shop.example");
    String first = change("PUT", "/director/first?hostname=other.example");
    String second = change("PUT", "/director/second?hostname=Other.Example.");
    Reply dry = send("?dry-run=true", taken, first, second).expect(409);
    Reply real = send("", taken, first, second).expect(409);
    assertThat(dry.json()).isEqualTo(real.json());
    assertThat(real.json().at("/details").findValuesAsText("change")).containsExactly("0", "2");
    admin.get("/director/first").expect(404);
    admin.delete("/director/owner").expect(204);
  }

  @Test
  void aDryRunIsRefusedAsTheRealOne() {
    String bad = change("POST", app.api() + "/buckets/vip", "'body':{'rate':'70%'}");
    Reply dry = send("?dry-run=true", bad, change("LOCK", "/director/none")).expect(422);
    Reply real = send("", bad, change("LOCK", "/director/none")).expect(422);
    assertThat(dry.json()).isEqualTo(real.json());
    assertThat(real.json().at("/details").findValuesAsText("change")).containsExactly("0", "1");
  }

  @Test
  void anOldETagOfOneChangeStopsAll() {
    String old = admin.get(app.api()).etag();
    String match = "'if-match':'" + old.replace("\"", "\\'") + "'";
    String guarded = change("POST", app.api(), "'body':{'queue-limit':3}", match);
    String plain = change("POST", other.api(), "'body':{'queue-limit':3}");
    send("", plain, guarded).expect(200);
    send("", change("POST", other.api(), "'body':{'queue-limit':4}"), guarded).expect(412);
    assertThat(other.config().at("/queue-limit").asInt()).isEqualTo(3);
  }

  @Test
  void aBackendIsCutWithTheOtherChanges() {
    RawClient client = app.send("one");
    Arrival running = server.next();
    GateBackend spare = STAGE.backend().open();
    send(
            "",
            change("DELETE", app.api() + "/backends/b1?now=true"),
            change(
                "PUT",
                app.api() + "/backends/b2",
                "'body':{'url':'" + spare.url() + "','capacity':1}"))
        .expect(200);
    Await.until("the request is broken off", running::gone);
    assertThat(client.read().get("X-Director-Backend"))
        .as("not answered yet, so repeated")
        .isEqualTo("b2");
    app.awaitRest();
    assertThat(app.view().at("/backends").findValuesAsText("name")).containsExactly("b2");
  }

  @Test
  void inOppositeOrderTheyNeitherStopEachOtherNorMix() {
    for (int round = 0; round < 20; round++) {
      int first = 1_000 + round * 10;
      List<Integer> statuses =
          IntStream.range(0, 8)
              .parallel()
              .mapToObj(
                  i -> {
                    String body = "'body':{'queue-limit':%d}".formatted(first + i);
                    String a = change("POST", app.api(), body);
                    String b = change("POST", other.api(), body);
                    return (i % 2 == 0 ? send("", a, b) : send("", b, a)).status();
                  })
              .toList();
      assertThat(statuses).containsOnly(200);
      assertThat(app.config().at("/queue-limit").asInt())
          .isBetween(first, first + 7)
          .isEqualTo(other.config().at("/queue-limit").asInt());
    }
  }

  @Test
  void whatIsNoTransactionIsRefused() {
    admin.post("/transaction", "{}").expect(400);
    admin.post("/transaction", "{'changes':{}}").expect(400);
    send("", change("GET", app.api())).expect(400);
    send("", change("POST", "/nonsense")).expect(400);
    send("?dry-run=maybe").expect(400);
    admin.get("/transaction").expect(405);
  }
}
