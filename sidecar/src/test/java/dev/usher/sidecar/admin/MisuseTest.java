package dev.usher.sidecar.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.sidecar.admin.web.Access;
import dev.usher.sidecar.director.Director;
import dev.usher.sidecar.director.Directors;
import dev.usher.sidecar.director.FromTemplate;
import dev.usher.sidecar.director.admission.Admission;
import dev.usher.sidecar.director.admission.Ask;
import dev.usher.sidecar.director.admission.Reason;
import dev.usher.sidecar.director.admission.Ticket;
import dev.usher.sidecar.director.change.Commit;
import dev.usher.sidecar.director.change.Definition;
import dev.usher.sidecar.director.change.Memory;
import dev.usher.sidecar.director.change.Step;
import dev.usher.sidecar.director.endpoint.Endpoint;
import dev.usher.sidecar.director.view.DirectorView;
import dev.usher.sidecar.director.view.OnDemandView;
import dev.usher.sidecar.shaper.BucketView;
import dev.usher.sidecar.shaper.Explanation;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What nobody in his right mind asks for is answered too. */
class MisuseTest {
  private static final int MOST_LEVELS = 16;

  private final AdminServer server = new AdminServer();

  @BeforeEach
  void begin() {
    server.put(
        "/director/app", "{\"backends\": {\"b\": {\"url\": \"http://h\", \"capacity\": 9}}}");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void an_answer_that_cannot_be_written_is_a_defect_that_is_answered() {
    try (AdminServer deep = new AdminServer(Access::loopbackOnly, Bottomless::new)) {
      deep.put("/director/app", "{}");

      assertThat(deep.get("/director/app").outcome()).isEqualTo("500 internal");
    }
  }

  @Test
  void buckets_are_nested_sixteen_deep_at_most_however_they_come() {
    server.put("/director/app/buckets/b1", "{}");
    for (int level = 2; level <= MOST_LEVELS; level++) {
      assertThat(bucketUnder(level).outcome()).isEqualTo("201");
    }
    String config = server.get("/director/app/config").response().body();

    assertThat(bucketUnder(MOST_LEVELS + 1).outcome()).isEqualTo("422 impossible");
    assertThat(server.put("/director/app/buckets/x?parent=b9", nested(8)).outcome())
        .isEqualTo("422 impossible");
    assertThat(server.put("/director/app/buckets/x?parent=b9", nested(7)).outcome())
        .isEqualTo("201");
    assertThat(server.put("/director/app", config).outcome()).isEqualTo("200");
    assertThat(server.put("/director/app/buckets/x", nested(MOST_LEVELS + 1)).outcome())
        .isEqualTo("422 impossible");
  }

  private AdminServer.Reply bucketUnder(int level) {
    return server.put("/director/app/buckets/b" + level + "?parent=b" + (level - 1), "{}");
  }

  /** A bucket with so many levels, its own included. */
  private static String nested(int levels) {
    String spec = "{}";
    for (int level = levels; level > 1; level--) {
      spec = "{\"buckets\": {\"x" + level + "\": " + spec + "}}";
    }
    return spec;
  }

  @Test
  void thousands_of_tags_are_read_and_empty_ones_do_not_count() {
    String many = "\"x\", ".repeat(9_000);
    assertThat(server.post("/director/app", "{}", "If-Match: " + many).outcome())
        .isEqualTo("412 precondition-failed");
    assertThat(server.post("/director/app", "{}", "If-Match: " + many + "\"1\"").outcome())
        .isEqualTo("200");
    assertThat(server.post("/director/app", "{}", "If-Match: ,, \"1\" ,").outcome())
        .isEqualTo("200");
  }

  @ParameterizedTest
  @ValueSource(strings = {",", " , ", "1", "\"1", "\"1\" \"2\"", "*, \"1\"", "w/\"1\""})
  void tags_that_are_no_list_are_a_bad_value(String tags) {
    assertThat(server.post("/director/app", "{}", "If-Match: " + tags).outcome())
        .isEqualTo("400 bad-value");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://300.1.1.1", "http://1.2.3", "http://a%s"})
  void a_url_that_nobody_can_listen_at_is_a_bad_value(String url) {
    String body = "{\"capacity\": 1, \"url\": \"" + url.formatted(".a".repeat(20_000)) + "\"}";
    assertThat(server.put("/director/app/backends/c", body).outcome()).isEqualTo("400 bad-value");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "health-check.expect.x=1&health-check.expect=200",
        "health-check.expect=200&health-check.expect.x=1",
      })
  void a_form_that_says_two_things_of_one_key_is_a_bad_value(String form) {
    String type = "Content-Type: application/x-www-form-urlencoded";
    assertThat(server.post("/director/app", form, type).outcome()).isEqualTo("400 bad-value");
  }

  @Test
  void a_bucket_that_can_never_serve_is_impossible_here() {
    String path = "/director/app/buckets/a";
    assertThat(server.put(path, "{\"ceil\": \"2t\", \"cost\": 3}").outcome())
        .isEqualTo("422 impossible");
    assertThat(server.put(path, "{\"ceil\": \"2t\", \"cost\": 2}").outcome()).isEqualTo("201");
    assertThat(server.post(path, "{\"cost\": 3}").json().path("field").asText()).isEqualTo("ceil");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"ceil\": \"2t\", \"rate\": \"3t\", \"cost\": 3}",
        "{\"ceil\": \"2t\", \"rate\": \"1%\", \"cost\": 3}",
        "{\"ceil\": \"1%\", \"cost\": 1000}",
        "{\"ceil\": \"0t\", \"cost\": 3}",
      })
  void a_bucket_that_may_serve_with_enough_capacity_or_is_shut_is_taken(String bucket) {
    assertThat(server.put("/director/app/buckets/a", bucket).outcome()).isEqualTo("201");
  }

  @ParameterizedTest
  @ValueSource(strings = {" {}", "\r\n\t{}", "\uFEFF{}", "\uFEFF {\"queue-limit\": 7}"})
  void a_body_that_a_shell_calls_a_form_is_json_whatever_stands_before_it(String body) {
    String type = "Content-Type: application/x-www-form-urlencoded";
    assertThat(server.post("/director/app", body, type).outcome()).isEqualTo("200");
  }

  @Test
  void of_thousands_of_unknown_keys_only_the_first_are_told_what_they_may_have_meant() {
    String keys =
        IntStream.range(0, 20_000)
            .mapToObj(key -> "\"queue-limi" + key + "\": 1")
            .collect(Collectors.joining(",", "{", "}"));
    AdminServer.Reply reply = server.post("/director/app", keys);

    assertThat(reply.outcome()).isEqualTo("400 bad-value");
    assertThat(reply.json().path("problems"))
        .hasSize(100)
        .filteredOn(problem -> problem.path("wanted").asText().contains("did you mean"))
        .hasSize(20);
  }

  /** Directors whose buckets are nested deeper than JSON can be written. */
  private record Bottomless(Directors directors) implements Directors {
    @Override
    public @Nullable Director find(String name) {
      Director found = directors.find(name);
      return found == null ? null : new Deep(found);
    }

    @Override
    public @Nullable Director find(Endpoint endpoint) {
      return directors.find(endpoint);
    }

    @Override
    public List<Director> all() {
      return directors.all();
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

  private record Deep(Director director) implements Director {
    private static final int LEVELS = 1_100;

    @Override
    public DirectorView view() {
      DirectorView view = director.view();
      BucketView shaper = view.shaper();
      for (int level = 0; level < LEVELS; level++) {
        BucketView root = view.shaper();
        shaper =
            new BucketView(
                "b",
                root.spec(),
                root.rate(),
                root.ceil(),
                root.actual(),
                root.own(),
                root.queued(),
                root.oversubscribed(),
                root.stats(),
                root.requestsPerSecond(),
                List.of(shaper));
      }
      return new DirectorView(
          view.definition(),
          view.capacity(),
          view.load(),
          view.queued(),
          view.dropped(),
          view.unknownBucket(),
          view.retries(),
          view.deadlineExceeded(),
          view.requestsPerSecond(),
          shaper,
          view.backends());
    }

    @Override
    public String name() {
      return director.name();
    }

    @Override
    public Definition definition() {
      return director.definition();
    }

    @Override
    public Memory memory() {
      return director.memory();
    }

    @Override
    public long activity() {
      return director.activity();
    }

    @Override
    public Ticket admit(Ask ask) {
      ask.requester().onAdmission(new Admission.Refused(Reason.DISABLED));
      return () -> {};
    }

    @Override
    public CompletionStage<@Nullable Explanation> explain(String bucket) {
      return CompletableFuture.completedFuture(null);
    }
  }
}
