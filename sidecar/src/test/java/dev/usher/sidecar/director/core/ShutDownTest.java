package dev.usher.sidecar.director.core;

import static dev.usher.sidecar.director.core.DirectorKit.active;
import static dev.usher.sidecar.director.core.DirectorKit.spec;
import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.sidecar.director.admission.Outcome;
import dev.usher.sidecar.director.change.Definition;
import dev.usher.sidecar.director.change.Origin;
import dev.usher.sidecar.director.core.DirectorKit.Asked;
import dev.usher.sidecar.director.spec.DirectorSpec;
import dev.usher.sidecar.shaper.BucketSpec;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The end of the sidecar, for those who wait, run and come. */
class ShutDownTest {
  private final DirectorKit kit =
      new DirectorKit(spec(List.of(active("a", 2)), BucketSpec.of("vip", "50%", "100%")));

  @Test
  void who_waits_or_comes_is_refused() {
    kit.ask(null);
    kit.ask(null);
    Asked waits = kit.ask("vip");
    assertThat(waits.state()).isEqualTo("waits");
    kit.directors.shutDown();
    assertThat(waits.state()).isEqualTo("shutting-down");
    assertThat(kit.ask(null).state()).isEqualTo("shutting-down");
    assertThat(kit.pin("a").state()).isEqualTo("shutting-down");
    assertThat(kit.director.view().queued().current()).isZero();
  }

  @Test
  void what_runs_is_revoked_and_gives_back() {
    Asked runs = kit.ask("vip");
    Asked repeats = kit.ask(null);
    kit.directors.shutDown();
    assertThat(runs.revoked).isEqualTo(1);
    assertThat(repeats.revoked).isEqualTo(1);
    runs.lease().close(Outcome.BROKEN);
    repeats.retry(Outcome.BROKEN);
    assertThat(repeats.state()).isEqualTo("shutting-down");
    assertThat(kit.director.view().load().current()).isZero();
    assertThat(kit.director.view().shaper().actual()).isZero();
  }

  @Test
  void nothing_is_probed_or_timed_any_more() {
    kit.ask(null).lease().close(Outcome.CONNECT_FAILED);
    kit.ask(null);
    kit.directors.shutDown();
    assertThat(kit.time.timers()).isZero();
  }

  @Test
  void a_director_that_is_made_afterwards_serves_nobody() {
    kit.directors.shutDown();
    Asked late =
        new Asked(
            kit.directors.start(
                new Definition(
                    new DirectorSpec(
                        "late",
                        kit.director.definition().spec().settings(),
                        List.of(active("b", 1)),
                        List.of()),
                    9,
                    new Origin.Api()),
                null),
            null,
            null);
    assertThat(late.state()).isEqualTo("shutting-down");
  }
}
