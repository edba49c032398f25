package dev.usher.sidecar.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.usher.sidecar.admin.AdminServer.Reply;
import dev.usher.sidecar.admin.AdminServer.Visit;
import dev.usher.sidecar.director.admission.Lease;
import dev.usher.sidecar.director.admission.Outcome;
import dev.usher.sidecar.director.spec.DirectorSpec;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the resources do and show. */
class ResourcesTest {
  private static final String FORM = "Content-Type: application/x-www-form-urlencoded";

  private final AdminServer server = new AdminServer();

  @BeforeEach
  void begin() {
    server.put(
        "/director/app",
        """
        {"queue-limit": 7,
         "backends": {"b1": {"url": "http://127.0.0.1:8080", "capacity": 10}},
         "buckets": {"vip": {"rate": "10%", "ceil": "30%"},
                     "main": {"rate": "50%", "ceil": "70%",
                              "buckets": {"upload": {"rate": "50%", "ceil": "20%"}}}}}
        """);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void a_director_shows_its_settings_then_its_state() {
    Lease lease = server.visit("app", "vip").lease();

    JsonNode app = server.get("/director/app").json();

    assertThat(app.fieldNames())
        .toIterable()
        .startsWith("name", "version", "mutable", "enabled", "scheduler", "queue-limit")
        .endsWith("capacity", "stats", "requests-per-second", "shaper", "backends");
    assertThat(app.path("mutable").asBoolean()).isTrue();
    assertThat(app.path("capacity").asInt()).isEqualTo(10);
    assertThat(app.path("queue-timeout").asText()).isEqualTo("30s");
    assertThat(app.at("/stats/load")).hasToString("{\"current\":1,\"max\":1,\"total\":1}");
    assertThat(app.at("/stats/queued")).hasToString("{\"current\":0,\"max\":0,\"total\":0}");
    assertThat(app.at("/stats/dropped").asInt()).isZero();
    lease.close(Outcome.SERVED);
  }

  @Test
  void a_bucket_shows_shares_tokens_and_counters() {
    Lease lease = server.visit("app", "vip").lease();

    JsonNode root = server.get("/director/app").json().path("shaper");
    JsonNode vip = server.get("/director/app/buckets/vip").json();

    assertThat(root.path("name").asText()).isEqualTo("root");
    assertThat(root.path("rate").asText()).isEqualTo("100%");
    assertThat(root.path("token-rate").asInt()).isEqualTo(10);
    assertThat(root.path("actual").asInt()).isEqualTo(1);
    assertThat(root.path("buckets")).hasSize(2);
    assertThat(root.path("buckets").get(0)).isEqualTo(vip);
    assertThat(vip.path("rate").asText()).isEqualTo("10%");
    assertThat(vip.path("ceil").asText()).isEqualTo("30%");
    assertThat(vip.path("token-rate").asInt()).isEqualTo(1);
    assertThat(vip.path("token-ceil").asInt()).isEqualTo(3);
    assertThat(vip.path("actual").asInt()).isEqualTo(1);
    assertThat(vip.path("overrate").asInt()).isZero();
    assertThat(vip.at("/stats/granted").asInt()).isEqualTo(1);
    assertThat(vip.at("/stats/assured-wait/count").asInt()).isEqualTo(1);
    assertThat(vip.at("/stats/loan-wait/p99-ms").isNumber()).isTrue();
    assertThat(server.get("/director/app/buckets/").json().fieldNames())
        .toIterable()
        .containsExactly("root", "vip", "main", "upload");
    lease.close(Outcome.SERVED);
  }

  @Test
  void a_backend_shows_load_health_and_the_last_minute() {
    server.time.advanceMillis(12_345);

    JsonNode backend = server.get("/director/app/backends/b1").json();

    assertThat(backend.path("name").asText()).isEqualTo("b1");
    assertThat(backend.path("url").asText()).isEqualTo("http://127.0.0.1:8080");
    assertThat(backend.path("role").asText()).isEqualTo("active");
    assertThat(backend.path("health"))
        .hasToString(
            "{\"mode\":\"lazy\",\"state\":\"online\",\"since-ms\":12345,\"cause\":\"assumed, nothing has failed\",\"failures-in-row\":0}");
    assertThat(backend.at("/requests-per-second/history")).hasSize(60);
    assertThat(server.get("/director/app").json().path("backends").get(0)).isEqualTo(backend);
    assertThat(server.get("/director/app/backends/").json().path("b1")).isEqualTo(backend);
    assertThat(server.get("/director/").json().at("/app/backends/0")).isEqualTo(backend);
  }

  @Test
  void what_config_gives_can_be_put_back() {
    Reply config = server.get("/director/app/config");
    DirectorSpec before = server.director("app").definition().spec();

    Reply same =
        server.put("/director/app", config.response().body(), "If-Match: " + config.header("ETag"));
    Reply other = server.put("/director/copy", config.response().body());

    assertThat(same.status()).isEqualTo(200);
    assertThat(same.header("ETag")).isEqualTo(config.header("ETag"));
    assertThat(other.status()).isEqualTo(201);
    assertThat(server.director("app").definition().spec()).isEqualTo(before);
    assertThat(server.get("/director/copy/config").json()).isEqualTo(config.json());
  }

  @Test
  void post_merges_objects_replaces_the_rest_and_null_takes_away() {
    Reply reply =
        server.post(
            "/director/app",
            """
            {"queue-limit": null,
             "health-check": {"interval": "5s", "expect": [201]},
             "buckets": {"vip": {"ceil": "40%"}, "main": null}}
            """);

    JsonNode config = server.get("/director/app/config").json();
    assertThat(reply.status()).isEqualTo(200);
    assertThat(config.path("queue-limit").asInt()).isEqualTo(1_000);
    assertThat(config.at("/health-check/interval").asText()).isEqualTo("5s");
    assertThat(config.at("/health-check/timeout").asText()).isEqualTo("1s");
    assertThat(config.at("/health-check/expect")).hasToString("[201]");
    assertThat(config.at("/buckets/vip/rate").asText()).isEqualTo("10%");
    assertThat(config.at("/buckets/vip/ceil").asText()).isEqualTo("40%");
    assertThat(config.path("buckets").has("main")).isFalse();
    assertThat(config.path("backends").has("b1")).isTrue();
  }

  @Test
  void a_change_with_one_bad_field_changes_nothing_and_names_every_bad_field() {
    JsonNode before = server.get("/director/app/config").json();

    Reply reply =
        server.post(
            "/director/app",
            "{\"max-retry-count\": 5, \"queue-limit\": -1, \"read-timeout\": \"x\"}");

    assertThat(reply.outcome()).isEqualTo("400 bad-value");
    assertThat(reply.json().path("problems").findValuesAsText("field"))
        .containsExactlyInAnyOrder("queue-limit", "read-timeout");
    assertThat(reply.json().path("field").asText()).isIn("queue-limit", "read-timeout");
    assertThat(reply.json().path("message").asText()).endsWith("(and 1 more)");
    assertThat(server.get("/director/app/config").json()).isEqualTo(before);
    assertThat(server.get("/director/app").header("ETag")).isEqualTo("\"1\"");
  }

  @Test
  void a_form_says_what_json_says() {
    server.post(
        "/director/app?max-retry-count=1",
        "queue-limit=9&enabled=false&health-check.expect=200,204&health-check.expect=301"
            + "&health-check.host=007&health-check.path=%2Fa%2Bb",
        FORM);

    JsonNode config = server.get("/director/app/config").json();
    assertThat(config.path("max-retry-count").asInt()).isEqualTo(1);
    assertThat(config.path("queue-limit").asInt()).isEqualTo(9);
    assertThat(config.path("enabled").asBoolean()).isFalse();
    assertThat(config.at("/health-check/expect")).hasToString("[200,204,301]");
    assertThat(config.at("/health-check/host").asText()).isEqualTo("007");
    assertThat(config.at("/health-check/interval").asText()).isEqualTo("2s");
  }

  @Test
  void fields_may_not_be_nested_without_end() {
    assertThat(server.post("/director/app", "a.".repeat(100_000) + "=1", FORM).outcome())
        .isEqualTo("400 bad-value");
    assertThat(server.post("/director/app", "{\"a\":".repeat(100_000)).outcome())
        .isEqualTo("400 bad-value");
  }

  @Test
  void versions_grow_with_changes_and_stay_without() {
    assertThat(server.send("LOCK", "/director/app", null).header("ETag")).isEqualTo("\"2\"");
    assertThat(server.send("LOCK", "/director/app", null).header("ETag")).isEqualTo("\"2\"");
    assertThat(server.director("app").definition().spec().settings().enabled()).isFalse();
    assertThat(server.send("UNLOCK", "/director/app", null).header("ETag")).isEqualTo("\"3\"");
    assertThat(server.send("LOCK", "/director/app/backends/b1", null).header("ETag"))
        .isEqualTo("\"4\"");
    assertThat(server.get("/director/app").json().path("capacity").asInt()).isZero();
    assertThat(server.get("/director/app/buckets/vip").header("ETag")).isEqualTo("\"4\"");
  }

  @Test
  void a_bucket_is_placed_moved_and_taken_out_with_all_below_it() {
    server.put("/director/app/buckets/jail?parent=upload", "{\"rate\": \"1t\"}");
    assertThat(config("/buckets/main/buckets/upload/buckets/jail/rate").asText()).isEqualTo("1t");

    server.post("/director/app/buckets/upload", "{\"parent\": \"vip\", \"priority\": 3}");
    assertThat(config("/buckets/vip/buckets/upload/priority").asInt()).isEqualTo(3);
    assertThat(config("/buckets/vip/buckets/upload/buckets/jail/rate").asText()).isEqualTo("1t");

    server.put("/director/app/buckets/vip", config("/buckets/vip").toString());
    assertThat(config("/buckets").fieldNames()).toIterable().containsExactly("vip", "main");

    server.delete("/director/app/buckets/vip");
    assertThat(config("/buckets")).hasSize(1);
    assertThat(server.get("/director/app/buckets/jail").status()).isEqualTo(404);
  }

  private JsonNode config(String pointer) {
    return server.get("/director/app/config").json().at(pointer);
  }

  @Test
  void waiters_of_a_bucket_that_is_taken_out_wait_on_above_it() {
    List<Lease> leases = fill("vip", 3);
    Visit waiter = server.visit("app", "vip");
    assertThat(waiter.waits()).isTrue();

    assertThat(server.delete("/director/app/buckets/vip").status()).isEqualTo(204);

    Lease granted = waiter.lease();
    granted.close(Outcome.SERVED);
    leases.forEach(lease -> lease.close(Outcome.SERVED));
    assertThat(server.get("/director/app").json().at("/stats/load/current").asInt()).isZero();
  }

  private List<Lease> fill(String bucket, int count) {
    return IntStream.range(0, count).mapToObj(each -> server.visit("app", bucket).lease()).toList();
  }

  @Test
  void explain_says_who_holds_what_the_first_waiter_wants() {
    fill("vip", 3);
    server.visit("app", "vip");

    JsonNode why = server.get("/director/app/buckets/vip/explain").json();
    JsonNode idle = server.get("/director/app/buckets/main/explain").json();

    assertThat(why.path("waiting").asInt()).isEqualTo(1);
    assertThat(why.path("limit").asText()).isEqualTo("ceil");
    assertThat(why.path("limiting"))
        .hasToString("{\"bucket\":\"vip\",\"actual\":3,\"token-ceil\":3,\"reserved\":0}");
    assertThat(why.path("holders")).hasToString("[{\"bucket\":\"vip\",\"tokens\":3}]");
    assertThat(why.path("message").asText())
        .isEqualTo("1 in 'vip'; the first waits because 'vip' holds 3 of at most 3 tokens (vip 3)");
    assertThat(idle.path("limit").asText()).isEqualTo("none");
    assertThat(idle.has("limiting")).isFalse();
    assertThat(idle.path("message").asText()).isEqualTo("nothing waits in 'main'");
  }

  @Test
  void a_backend_that_is_removed_finishes_first_and_can_be_cut_meanwhile() {
    Visit visit = server.visit("app", null);
    Lease lease = visit.lease();

    assertThat(server.delete("/director/app/backends/b1").json().path("removal").asText())
        .isEqualTo("draining");
    JsonNode draining = server.get("/director/app/backends/b1").json();
    assertThat(draining.path("role").asText()).isEqualTo("terminating");
    assertThat(config("/backends")).isEmpty();

    assertThat(server.delete("/director/app/backends/b1?now=true").json().path("removal").asText())
        .isEqualTo("cut");
    assertThat(server.get("/director/app/backends/b1").status()).isEqualTo(404);
    await().until(() -> visit.revoked);
    lease.close(Outcome.CLIENT_GONE);
  }

  @Test
  void a_backend_without_requests_is_gone_at_once() {
    assertThat(server.delete("/director/app/backends/b1").status()).isEqualTo(202);
    assertThat(server.get("/director/app/backends/b1").status()).isEqualTo(404);
    assertThat(server.delete("/director/app/backends/b1").status()).isEqualTo(404);
  }
}
