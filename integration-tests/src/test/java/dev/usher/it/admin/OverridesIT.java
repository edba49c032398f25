package dev.usher.it.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.usher.it.harness.AdminClient;
import dev.usher.it.harness.Arrival;
import dev.usher.it.harness.Configs;
import dev.usher.it.harness.GateBackend;
import dev.usher.it.harness.RawClient;
import dev.usher.it.harness.Reply;
import dev.usher.it.harness.Stage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class OverridesIT {
  private static final String FILED = "/director/filed";
  private static final String DIRECTOR =
      """
      filed:
        queue-limit: 77
        health-check: {expect: [200]}
        backends: {b1: {url: "http://127.0.0.1:9", capacity: 4}}
        buckets:
          vip: {rate: 20%, ceil: 40%}
          main: {rate: 50%, buckets: {upload: {rate: 50%}}}
      """
          .indent(2);

  @RegisterExtension
  static final Stage STAGE =
      Stage.with(
          Configs.pool(
              "127.0.0.0/8", "  - {when: \"path-prefix('/filed')\", director: filed}\n", DIRECTOR));

  private final AdminClient admin = STAGE.admin();

  @BeforeEach
  void backToTheFile() {
    admin.delete(FILED + "/overrides").expect(200);
  }

  private JsonNode overrides() {
    JsonNode overrides = admin.read(FILED + "/overrides");
    assertThat(admin.read(FILED).at("/overrides")).isEqualTo(overrides);
    return overrides;
  }

  @Test
  void withoutAChangeThereAreNone() {
    assertThat(overrides().isArray()).isTrue();
    assertThat(overrides()).isEmpty();
    assertThat(admin.read("/director/").at("/filed/overrides").isArray()).isTrue();
  }

  @Test
  void everyChangedFieldIsShownWithBothValues() {
    admin.post(FILED, "{'queue-limit':5,'health-check':{'expect':[200,204]}}").expect(200);
    admin.post(FILED + "/backends/b1", "{'capacity':6}").expect(200);
    admin.lock(FILED + "/backends/b1").expect(204);
    admin.put(FILED + "/backends/b2", "{'url':'http://127.0.0.1:9','capacity':1}").expect(201);
    admin.post(FILED + "/buckets/upload", "{'rate':'10%'}").expect(200);
    admin.delete(FILED + "/buckets/vip").expect(204);
    assertThat(overrides().findValuesAsText("field"))
        .containsExactlyInAnyOrder(
            "queue-limit",
            "health-check.expect",
            "backends.b1.capacity",
            "backends.b1.enabled",
            "backends.b2",
            "buckets.main.buckets.upload.rate",
            "buckets.vip");
    for (JsonNode each : overrides()) {
      switch (each.at("/field").asText()) {
        case "queue-limit" -> {
          assertThat(each.at("/file").asInt()).isEqualTo(77);
          assertThat(each.at("/in-force").asInt()).isEqualTo(5);
        }
        case "backends.b2" -> {
          assertThat(each.has("file")).isFalse();
          assertThat(each.at("/in-force/capacity").asInt()).isEqualTo(1);
        }
        case "buckets.vip" -> {
          assertThat(each.at("/file/rate").asText()).isEqualTo("20%");
          assertThat(each.has("in-force")).isFalse();
        }
        default -> assertThat(each.at("/file")).isNotEqualTo(each.at("/in-force"));
      }
    }
  }

  @Test
  void aValueThatIsTheFilesAgainIsNoOverride() {
    admin.lock(FILED).expect(204);
    assertThat(overrides()).hasSize(1);
    admin.unlock(FILED).expect(204);
    assertThat(overrides()).isEmpty();
  }

  @Test
  void aMovedBucketShowsBothParents() {
    admin.post(FILED + "/buckets/upload?parent=vip", "").expect(200);
    assertThat(overrides()).hasSize(1);
    JsonNode moved = overrides().get(0);
    assertThat(moved.at("/field").asText()).isEqualTo("buckets.vip.buckets.upload.parent");
    assertThat(moved.at("/file").asText()).isEqualTo("main");
    assertThat(moved.at("/in-force").asText()).isEqualTo("vip");
  }

  @Test
  void deleteGoesBackToTheFile() {
    JsonNode before = admin.read(FILED + "/config");
    admin.put(FILED, "{'queue-limit':1}").expect(200);
    Reply back = admin.delete(FILED + "/overrides").expect(200);
    assertThat(back.json().at("/name").asText()).isEqualTo("filed");
    assertThat(back.json().at("/overrides")).isEmpty();
    assertThat(back.etag()).isEqualTo(admin.get(FILED).etag());
    assertThat(admin.read(FILED + "/config")).isEqualTo(before);
  }

  @Test
  void deleteOfOneFieldLeavesTheOthers() {
    admin.post(FILED, "{'queue-limit':5,'retry-after':'3s'}").expect(200);
    admin.delete(FILED + "/overrides?field=queue-limit").expect(200);
    assertThat(overrides().findValuesAsText("field")).containsExactly("retry-after");
    assertThat(admin.read(FILED).at("/queue-limit").asInt()).isEqualTo(77);
    Reply unknown = admin.delete(FILED + "/overrides?field=queue-limit").expect(404);
    assertThat(unknown.json().at("/field").asText()).isEqualTo("field");
  }

  @Test
  void anOldETagIs412() {
    admin.post(FILED, "{'queue-limit':5}").expect(200);
    String old = admin.get(FILED).etag();
    admin.post(FILED, "{'queue-limit':6}").expect(200);
    admin.call("DELETE", FILED + "/overrides", "", "If-Match", old).expect(412);
    assertThat(overrides()).hasSize(1);
    String now = admin.get(FILED + "/overrides").etag();
    admin.call("DELETE", FILED + "/overrides", "", "If-Match", now).expect(200);
  }

  @Test
  void onlyADirectorOfTheFileHasSomethingToGoBackTo() {
    admin.put("/director/made", "{}").expect(201);
    assertThat(admin.read("/director/made").has("overrides")).isFalse();
    Reply refused = admin.delete("/director/made/overrides").expect(422);
    assertThat(refused.json().at("/message").asText()).contains("configuration file");
    admin.delete("/director/none/overrides").expect(404);
    admin.get("/director/none/overrides").expect(404);
    admin.delete("/director/made").expect(204);
  }

  @Test
  void goingBackWhileRequestsRunLosesNone() {
    GateBackend server = STAGE.backend();
    admin
        .put(FILED + "/backends/own", "{'url':'%s','capacity':1}".formatted(server.url()))
        .expect(201);
    admin.lock(FILED + "/backends/b1").expect(204);
    RawClient client = STAGE.client().get("/filed/one");
    Arrival running = server.next();
    admin.delete(FILED + "/overrides").expect(200);
    assertThat(admin.read(FILED + "/backends/own").at("/role").asText()).isEqualTo("terminating");
    running.answer();
    assertThat(client.read().status()).isEqualTo(200);
  }
}
