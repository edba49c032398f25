package dev.usher.sidecar.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.usher.sidecar.admin.AdminServer.Reply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Health checks of a director, and what its backends say otherwise. */
class HealthCheckApiTest {
  private final AdminServer server = new AdminServer();

  @BeforeEach
  void begin() {
    Reply made =
        server.put(
            "/director/app",
            """
            {"health-check": {"match": "up"},
             "backends": {"b1": {"url": "http://127.0.0.1:8080", "capacity": 10},
                          "b2": {"url": "http://127.0.0.1:8081", "capacity": 1,
                                 "health-check": {"mode": "paranoid", "interval": "1s"}}}}
            """);
    assertThat(made.status()).isEqualTo(201);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private JsonNode config(String backend) {
    return server.get("/director/app/config").json().path("backends").path(backend);
  }

  private Reply post(String backend, String body) {
    return server.send("POST", "/director/app/backends/" + backend, body);
  }

  @Test
  void a_director_shows_the_whole_and_a_backend_what_it_says_otherwise() {
    assertThat(server.get("/director/app/config").json().path("health-check"))
        .hasToString(
            "{\"mode\":\"lazy\",\"kind\":\"http\",\"method\":\"GET\",\"path\":\"/\","
                + "\"host\":\"healthcheck\",\"expect\":[200,204],\"match\":\"up\","
                + "\"interval\":\"2s\",\"timeout\":\"1s\",\"success-threshold\":2,"
                + "\"fall\":1,\"count-5xx\":false,\"fall-5xx\":3}");
    assertThat(config("b1").has("health-check")).isFalse();
    assertThat(config("b2").path("health-check"))
        .hasToString("{\"mode\":\"paranoid\",\"interval\":\"1s\"}");
  }

  @Test
  void the_health_shown_is_of_the_mode_that_holds_for_the_backend() {
    JsonNode backends = server.get("/director/app").json().path("backends");
    assertThat(backends.get(0).path("health").path("mode").asText()).isEqualTo("lazy");
    JsonNode unknown = backends.get(1).path("health");
    assertThat(unknown.path("mode").asText()).isEqualTo("paranoid");
    assertThat(unknown.path("state").asText()).isEqualTo("unknown");
    assertThat(unknown.path("cause").asText()).isEqualTo("not probed yet");
  }

  @Test
  void a_backend_says_more_less_and_nothing() {
    assertThat(post("b2", "{\"health-check\": {\"fall\": 3}}").status()).isEqualTo(200);
    assertThat(config("b2").path("health-check"))
        .hasToString("{\"mode\":\"paranoid\",\"interval\":\"1s\",\"fall\":3}");
    post("b2", "{\"health-check\": {\"interval\": null, \"fall\": null}}");
    assertThat(config("b2").path("health-check")).hasToString("{\"mode\":\"paranoid\"}");
    assertThat(post("b2", "{\"health-check\": null}").status()).isEqualTo(200);
    assertThat(config("b2").has("health-check")).isFalse();
  }

  @Test
  void what_does_not_fit_the_directors_is_refused_at_its_key() {
    Reply refused = post("b1", "{\"health-check\": {\"method\": \"HEAD\"}}");
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.json().path("field").asText()).isEqualTo("method");
    assertThat(config("b1").has("health-check")).isFalse();
    assertThat(post("b1", "{\"health-check\": {\"method\": \"HEAD\", \"match\": \"\"}}").status())
        .isEqualTo(200);
  }

  @Test
  void a_director_cannot_take_the_ground_from_under_its_backends() {
    post("b1", "{\"health-check\": {\"match\": \"ready\"}}");
    Reply refused =
        server.send(
            "POST", "/director/app", "{\"health-check\": {\"method\": \"HEAD\", \"match\": null}}");
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.json().path("field").asText()).isEqualTo("backends.b1.health-check.match");
  }

  @Test
  void a_wrong_value_is_refused_at_its_key() {
    Reply refused = post("b1", "{\"health-check\": {\"mode\": \"nervous\"}}");
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.json().path("field").asText()).isEqualTo("health-check.mode");
  }
}
