package dev.usher.sidecar.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.usher.sidecar.admin.AdminServer.Reply;
import dev.usher.sidecar.config.InvalidConfiguration;
import dev.usher.sidecar.config.JsonDocuments;
import dev.usher.sidecar.config.SpecReader;
import dev.usher.sidecar.config.SpecWriter;
import dev.usher.sidecar.director.change.Origin;
import dev.usher.sidecar.director.change.Step;
import dev.usher.sidecar.director.spec.DirectorSpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A director of the configuration file that is changed at runtime. */
class OverridesApiTest {
  private static final String WRITTEN =
      """
      {"queue-limit": 7,
       "backends": {"b1": {"url": "http://127.0.0.1:8080", "capacity": 10}},
       "buckets": {"vip": {"rate": "60%"},
                   "main": {"rate": "40%", "buckets": {"upload": {"rate": "50%"}}}}}
      """;

  private final AdminServer server = new AdminServer();
  private DirectorSpec written;

  @BeforeEach
  void begin() throws InvalidConfiguration {
    written = SpecReader.director("app", JsonDocuments.parse(WRITTEN));
    Edits.await(server.directors.commit(new Step.Create(written, new Origin.File(written))));
    server.put("/director/made", "{}");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private JsonNode overrides() {
    return server.get("/director/app/overrides").json();
  }

  private void change(String verb, String path, @Nullable String body) {
    assertThat(server.send(verb, path, body).status()).isBetween(200, 204);
  }

  @Test
  void each_overridden_field_is_shown_with_both_values() {
    assertThat(server.get("/director/app").json().path("overrides")).hasToString("[]");
    change(
        "POST", "/director/app", "{\"queue-limit\": 9, \"health-check\": {\"interval\": \"5s\"}}");
    change("POST", "/director/app/backends/b1", "{\"capacity\": 20}");
    change("POST", "/director/app/buckets/upload", "{\"parent\": \"vip\", \"weight\": 3}");
    change("DELETE", "/director/app/buckets/main", null);
    change("PUT", "/director/app/backends/b2", "{\"url\": \"http://h\", \"capacity\": 1}");

    JsonNode overrides = server.get("/director/app").json().path("overrides");

    assertThat(overrides)
        .hasToString(
            """
            [{"field":"queue-limit","file":7,"in-force":9},
            {"field":"health-check.interval","file":"2s","in-force":"5s"},
            {"field":"backends.b1.capacity","file":10,"in-force":20},
            {"field":"backends.b2","in-force":{"url":"http://h:80","capacity":1,"role":"active","enabled":true}},
            {"field":"buckets.vip.buckets.upload.parent","file":"main","in-force":"vip"},
            {"field":"buckets.vip.buckets.upload.weight","in-force":3},
            {"field":"buckets.main","file":{"rate":"40%","ceil":"100%","priority":0,"lend":"100%","cost":1}}]"""
                .replace("\n", ""));
    assertThat(overrides()).isEqualTo(overrides);
    assertThat(server.get("/director/app").json().path("mutable").asBoolean()).isTrue();
    assertThat(server.get("/director/app/overrides").header("ETag"))
        .isEqualTo(server.get("/director/app").header("ETag"));
  }

  @Test
  void a_director_that_the_file_does_not_have_has_none_and_nothing_to_go_back_to() {
    assertThat(server.get("/director/made").json().has("overrides")).isFalse();
    assertThat(server.get("/director/made/overrides").json()).hasToString("[]");
    Reply refused = server.delete("/director/made/overrides");
    assertThat(refused.outcome()).isEqualTo("422 impossible");
    assertThat(refused.json().path("message").asText())
        .isEqualTo("name: want a director of the configuration file, got 'made'");
  }

  @Test
  void going_back_to_the_file_is_a_change_as_any_other() {
    change("PUT", "/director/app", "{}");
    String tag = server.get("/director/app").header("ETag");

    assertThat(server.delete("/director/app/overrides", "If-Match: \"1\"").outcome())
        .isEqualTo("412 precondition-failed");
    Reply back = server.delete("/director/app/overrides", "If-Match: " + tag);

    assertThat(back.status()).isEqualTo(200);
    assertThat(back.header("ETag")).isNotEqualTo(tag);
    assertThat(back.json().path("overrides")).hasToString("[]");
    assertThat(back.json().path("queue-limit").asInt()).isEqualTo(7);
    assertThat(server.get("/director/app/config").json()).isEqualTo(SpecWriter.director(written));
    assertThat(server.delete("/director/app/overrides").header("ETag"))
        .as("nothing is left to change")
        .isEqualTo(back.header("ETag"));
  }

  @Test
  void one_field_or_all_below_a_path_can_go_back_alone() {
    change("POST", "/director/app", "{\"queue-limit\": 9, \"retry-after\": \"1s\"}");
    change("POST", "/director/app/backends/b1", "{\"capacity\": 20, \"role\": \"backup\"}");

    assertThat(server.delete("/director/app/overrides?field=queue-limit").status()).isEqualTo(200);
    assertThat(overrides().findValuesAsText("field"))
        .containsExactly("retry-after", "backends.b1.capacity", "backends.b1.role");
    assertThat(server.delete("/director/app/overrides?field=backends.b1").status()).isEqualTo(200);
    assertThat(overrides().findValuesAsText("field")).containsExactly("retry-after");
    assertThat(server.delete("/director/app/overrides?field=queue-limit").outcome())
        .isEqualTo("404 not-found");
    assertThat(server.delete("/director/app/overrides?fields=queue-limit").outcome())
        .isEqualTo("400 bad-value");
  }

  @Test
  void a_field_does_not_go_back_alone_when_that_does_not_fit_the_others() {
    change("POST", "/director/app/buckets/vip", "{\"rate\": \"30%\"}");
    change("POST", "/director/app/buckets/main", "{\"rate\": \"70%\"}");
    Reply refused = server.delete("/director/app/overrides?field=buckets.vip.rate");
    assertThat(refused.outcome()).isEqualTo("422 impossible");
    assertThat(overrides()).hasSize(2);
    assertThat(server.delete("/director/app/overrides?field=buckets").status()).isEqualTo(200);
    assertThat(overrides()).isEmpty();
  }

  @Test
  void a_removed_backend_is_back_with_the_file_s_capacity() {
    change("DELETE", "/director/app/backends/b1", null);
    assertThat(server.get("/director/app").json().path("capacity").asInt()).isZero();
    assertThat(server.delete("/director/app/overrides").json().path("capacity").asInt())
        .isEqualTo(10);
  }
}
