package dev.usher.sidecar.admin;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.sidecar.admin.AdminServer.Reply;
import dev.usher.sidecar.admin.web.Access;
import dev.usher.sidecar.director.Director;
import dev.usher.sidecar.director.Directors;
import dev.usher.sidecar.director.FromTemplate;
import dev.usher.sidecar.director.change.Commit;
import dev.usher.sidecar.director.change.Step;
import dev.usher.sidecar.director.endpoint.Endpoint;
import dev.usher.sidecar.director.view.OnDemandView;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What every answer has in common, and how it fails. */
class AnswersTest {
  private final AdminServer server = new AdminServer();

  @BeforeEach
  void begin() {
    server.put("/director/app", "{\"buckets\": {\"vip\": {\"rate\": \"10%\"}}}");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void ready_says_why_not() {
    server.readiness = Readiness.STARTING;
    assertThat(server.get("/ready").status()).isEqualTo(503);
    assertThat(server.get("/ready").json())
        .hasToString("{\"ready\":false,\"reason\":\"starting\"}");
    server.readiness = Readiness.DRAINING;
    assertThat(server.get("/ready").json())
        .hasToString("{\"ready\":false,\"reason\":\"draining\"}");
    assertThat(server.get("/health").status()).isEqualTo(200);
  }

  @Test
  void an_error_shows_what_came_in_only_cut_short_and_in_the_body() {
    Reply reply = server.get("/director/" + "%0D%0AX-Evil:%20yes".repeat(50));

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.header("X-Evil")).isEmpty();
    assertThat(reply.json().path("message").asText()).hasSizeLessThan(200);
  }

  @Test
  void options_names_the_verbs() {
    assertThat(server.send("OPTIONS", "/director/app", null).header("Allow"))
        .isEqualTo("DELETE, GET, HEAD, LOCK, OPTIONS, POST, PUT, UNLOCK");
    assertThat(server.send("PATCH", "/director/app/config", null).header("Allow"))
        .isEqualTo("GET, HEAD, OPTIONS");
  }

  @Test
  void head_tells_length_and_tag_of_what_get_would_give() {
    Reply head = server.send("HEAD", "/director/app/config", null);
    Reply get = server.get("/director/app/config");

    assertThat(head.response().body()).isEmpty();
    assertThat(head.header("Content-Length")).isEqualTo(get.header("Content-Length"));
    assertThat(head.header("ETag")).isEqualTo(get.header("ETag"));
  }

  @Test
  void what_cannot_be_kept_is_not_made_and_health_says_so() {
    server.keeper.failure = "the store cannot be written: disk full";
    String backend = "{\"url\": \"http://127.0.0.1:1\", \"capacity\": 1}";
    for (Reply reply :
        List.of(
            server.post("/director/app", "{\"queue-limit\": 8}"),
            server.put("/director/fresh", "{}"),
            server.delete("/director/app"),
            server.put("/director/app/backends/b9", backend),
            server.put("/director/app/buckets/fresh", "{}"))) {
      assertThat(reply.outcome() + reply.response().body()).startsWith("507 not-kept");
      assertThat(reply.json().at("/message").asText()).contains("disk full");
    }
    assertThat(server.directors.find("fresh")).isNull();
    JsonNode health = server.get("/health").json();
    assertThat(health.at("/status").asText()).isEqualTo("up");
    assertThat(health.at("/store/status").asText()).isEqualTo("failing");
    assertThat(health.at("/store/message").asText()).contains("disk full");
    server.keeper.failure = null;
    assertThat(server.get("/health").json().at("/store/status").asText()).isEqualTo("up");
  }

  @Test
  void a_defect_is_logged_once_and_shows_no_stack() {
    Logger log = (Logger) LoggerFactory.getLogger(AdminApi.class);
    ListAppender<ILoggingEvent> events = new ListAppender<>();
    events.start();
    log.addAppender(events);
    log.setAdditive(false);
    try (AdminServer broken = new AdminServer(Access::loopbackOnly, Broken::new)) {
      Reply reply = broken.get("/director/");

      assertThat(reply.outcome()).isEqualTo("500 internal");
      assertThat(((ObjectNode) reply.json()).toString()).doesNotContain("Broken", "Exception");
      assertThat(events.list).hasSize(1);
    } finally {
      log.setAdditive(true);
      log.detachAppender(events);
    }
  }

  /** Directors that fail as only a defect can. */
  private record Broken(Directors directors) implements Directors {
    @Override
    public @Nullable Director find(String name) {
      return directors.find(name);
    }

    @Override
    public List<Director> all() {
      throw new IllegalStateException("Broken on purpose");
    }

    @Override
    public @Nullable Director find(Endpoint endpoint) {
      return directors.find(endpoint);
    }

    @Override
    public FromTemplate findOrMake(Endpoint endpoint) {
      return directors.findOrMake(endpoint);
    }

    @Override
    public @Nullable OnDemandView onDemand() {
      return directors.onDemand();
    }

    @Override
    public CompletionStage<Commit> commit(List<Step> steps) {
      return directors.commit(steps);
    }
  }
}
