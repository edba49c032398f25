package dev.usher.sidecar.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.sidecar.admin.web.Access;
import dev.usher.sidecar.director.Admission;
import dev.usher.sidecar.director.Ask;
import dev.usher.sidecar.director.Commit;
import dev.usher.sidecar.director.Definition;
import dev.usher.sidecar.director.Director;
import dev.usher.sidecar.director.DirectorView;
import dev.usher.sidecar.director.Directors;
import dev.usher.sidecar.director.Endpoint;
import dev.usher.sidecar.director.Reason;
import dev.usher.sidecar.director.Step;
import dev.usher.sidecar.director.Ticket;
import dev.usher.sidecar.shaper.BucketView;
import dev.usher.sidecar.shaper.Explanation;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

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
                List.of(shaper));
      }
      return new DirectorView(
          view.definition(),
          view.capacity(),
          view.load(),
          view.queued(),
          view.dropped(),
          view.unknownBucket(),
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
