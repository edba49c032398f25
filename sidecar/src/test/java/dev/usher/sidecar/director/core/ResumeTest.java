package dev.usher.sidecar.director.core;

import static dev.usher.sidecar.director.core.DirectorKit.active;
import static dev.usher.sidecar.director.core.DirectorKit.spec;
import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.sidecar.director.Director;
import dev.usher.sidecar.director.admission.Outcome;
import dev.usher.sidecar.director.change.Definition;
import dev.usher.sidecar.director.change.Memory;
import dev.usher.sidecar.director.change.Origin;
import dev.usher.sidecar.director.spec.DirectorSpec;
import dev.usher.sidecar.director.view.BackendView;
import dev.usher.sidecar.director.view.DirectorView;
import dev.usher.sidecar.health.HealthState;
import dev.usher.sidecar.shaper.BucketSpec;
import dev.usher.sidecar.shaper.BucketView;
import dev.usher.sidecar.stats.RatePerSecond;
import dev.usher.sidecar.stats.Retries;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A director goes on after a restart where it ended. */
class ResumeTest {
  private static final DirectorSpec SPEC =
      spec(List.of(active("a", 1)), BucketSpec.of("vip", "50%", "100%"));

  private final DirectorKit before = new DirectorKit(SPEC);
  private final DirectorKit after = new DirectorKit(spec(List.of(active("other", 1))));

  /** Starts what is remembered now in another sidecar, whose clock has gone on by that much. */
  private Director restart(long downMillis) {
    Memory memory = before.director.memory();
    after.time.advanceMillis(before.time.epochMillis() - after.time.epochMillis() + downMillis);
    DirectorSpec again =
        new DirectorSpec("again", SPEC.settings(), SPEC.backends(), SPEC.buckets());
    return after.directors.start(new Definition(again, 5, new Origin.Api()), memory);
  }

  private void serve(int requests) {
    for (int i = 0; i < requests; i++) {
      before.ask("vip").lease().close(Outcome.SERVED);
    }
  }

  private static BackendView backend(Director director) {
    return director.view().backends().get(0);
  }

  @Test
  void counters_go_on_and_nothing_is_in_flight() {
    serve(3);
    before.ask("vip");
    before.ask("vip");
    DirectorView view = restart(0).view();
    assertThat(view.version()).isEqualTo(5);
    assertThat(view.load().total()).isEqualTo(4);
    assertThat(view.load().current()).isZero();
    assertThat(view.queued().total()).isEqualTo(1);
    assertThat(view.queued().current()).isZero();
    assertThat(view.shaper().actual()).isZero();
    assertThat(view.shaper().buckets().get(0).stats().granted()).isEqualTo(4);
    assertThat(view.backends().get(0).load().total()).isEqualTo(4);
  }

  @Test
  void counters_of_retries_and_deadlines_go_on() {
    assertThat(before.ask("vip", before.time.nanos()).state()).isEqualTo("deadline");
    DirectorKit.Asked asked = before.ask("vip");
    asked.retry(Outcome.BROKEN);
    asked.retry(Outcome.BROKEN);
    DirectorView view = restart(0).view();
    assertThat(view.deadlineExceeded()).isEqualTo(1);
    assertThat(view.retries()).isEqualTo(new Retries(2, 0));
    assertThat(view.shaper().buckets().get(0).stats().retries()).isEqualTo(view.retries());
  }

  @Test
  void the_history_moves_on_by_the_time_that_the_sidecar_was_down() {
    serve(4);
    before.time.advanceMillis(1_000);
    assertThat(backend(before.director).requestsPerSecond().history().get(59)).isEqualTo(4);
    List<Integer> history = backend(restart(10_000)).requestsPerSecond().history();
    assertThat(history.get(49)).isEqualTo(4);
    assertThat(history.stream().mapToInt(Integer::intValue).sum()).isEqualTo(4);
  }

  @Test
  void the_histories_of_director_and_buckets_move_on_too() {
    serve(4);
    before.time.advanceMillis(1_000);
    before.ask(null).lease().close(Outcome.SERVED);
    DirectorView again = restart(9_000).view();
    assertThat(seconds(again.requestsPerSecond(), 50, 51)).containsExactly(4, 1);
    assertThat(seconds(again.shaper().requestsPerSecond(), 50, 51)).containsExactly(0, 1);
    BucketView vip = again.shaper().buckets().get(0);
    assertThat(seconds(vip.requestsPerSecond(), 50, 51)).containsExactly(4, 0);
  }

  private static List<Integer> seconds(RatePerSecond rate, int... which) {
    List<Integer> seconds = IntStream.of(which).mapToObj(rate.history()::get).toList();
    int sum = seconds.stream().mapToInt(Integer::intValue).sum();
    assertThat(rate.history().stream().mapToInt(Integer::intValue).sum()).isEqualTo(sum);
    return seconds;
  }

  @Test
  void the_second_in_which_the_sidecar_ended_goes_on() {
    serve(4);
    Director again = restart(0);
    assertThat(backend(again).requestsPerSecond().max()).isZero();
    after.time.advanceMillis(1_000);
    assertThat(backend(again).requestsPerSecond().current()).isEqualTo(4);
  }

  @Test
  void what_is_older_than_a_minute_is_no_history() {
    serve(4);
    before.time.advanceMillis(1_000);
    assertThat(backend(restart(61_000)).requestsPerSecond().max()).isZero();
  }

  @Test
  void a_backend_that_was_offline_is_offline_and_probed() {
    before.ask(null).lease().close(Outcome.CONNECT_FAILED);
    Director again = restart(1_000);
    assertThat(again.view().capacity()).isZero();
    assertThat(backend(again).health().state()).isEqualTo(HealthState.OFFLINE);
    assertThat(backend(again).health().sinceEpochMillis())
        .isEqualTo(backend(before.director).health().sinceEpochMillis());
    for (int i = 0; i < 2; i++) {
      after.time.advanceMillis(2_000);
      Objects.requireNonNull(after.probes.poll()).accept(true);
    }
    assertThat(again.view().capacity()).isEqualTo(1);
  }

  @Test
  void activity_changes_with_requests_and_with_health() {
    long first = before.director.activity();
    serve(1);
    long second = before.director.activity();
    assertThat(second).isNotEqualTo(first);
    before.time.advanceMillis(10);
    assertThat(before.director.activity()).isEqualTo(second);
    before.ask(null).lease().close(Outcome.CONNECT_FAILED);
    assertThat(before.director.activity()).isNotEqualTo(second);
  }
}
