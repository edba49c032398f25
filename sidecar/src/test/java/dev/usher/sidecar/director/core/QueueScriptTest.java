package dev.usher.sidecar.director.core;

import static dev.usher.sidecar.director.core.DirectorKit.active;
import static dev.usher.sidecar.director.core.DirectorKit.spec;
import static dev.usher.sidecar.director.core.Scripts.ask;
import static dev.usher.sidecar.director.core.Scripts.settings;
import static dev.usher.sidecar.director.core.Scripts.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.sidecar.director.admission.Outcome;
import dev.usher.sidecar.director.core.DirectorKit.Asked;
import dev.usher.sidecar.shaper.BucketSpec;
import dev.usher.sidecar.strand.Serial;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who gets a token, who waits, and for how long. */
class QueueScriptTest {
  @ParameterizedTest
  @MethodSource("dev.usher.sidecar.director.core.DirectorKit#strands")
  void grants_up_to_the_capacity_and_hands_a_returned_token_to_the_first_waiter(
      Supplier<Serial> strands) {
    DirectorKit kit = new DirectorKit(strands, spec(List.of(active("a", 2))));
    List<Asked> asked = ask(kit, 4);
    assertThat(asked).extracting(Asked::state).containsExactly("a", "a", "waits", "waits");
    asked.get(1).lease().close(Outcome.SERVED);
    assertThat(asked).extracting(Asked::state).containsExactly("a", "a", "a", "waits");
    asked.get(1).lease().close(Outcome.SERVED);
    assertThat(asked.get(3).state()).as("a second close gives nothing").isEqualTo("waits");
  }

  @ParameterizedTest
  @MethodSource("dev.usher.sidecar.director.core.DirectorKit#strands")
  void a_waiter_is_refused_at_its_deadline_and_not_before(Supplier<Serial> strands) {
    DirectorKit kit = new DirectorKit(strands, spec(List.of(active("a", 1))));
    ask(kit, 1);
    Asked waiter = kit.ask(null);
    kit.time.advanceMillis(29_999);
    assertThat(waiter.state()).isEqualTo("waits");
    kit.time.advanceMillis(1);
    assertThat(waiter.state()).isEqualTo("queue-timeout");
    assertThat(kit.time.timers()).isZero();
    assertThat(kit.director.view().queued().current()).isZero();
    assertThat(kit.director.view().shaper().stats().timedOut()).isEqualTo(1);
  }

  @Test
  void one_timer_serves_all_waiters() {
    DirectorKit kit = new DirectorKit(spec(List.of(active("a", 1))));
    ask(kit, 1_000);
    assertThat(kit.time.timers()).isEqualTo(1);
  }

  @Test
  void the_queue_limit_turns_away_whoever_comes_after_it() {
    DirectorKit kit = new DirectorKit(spec(List.of(active("a", 1))));
    kit.change(settings(s -> with(s, 2, Duration.ofSeconds(30), true)));
    assertThat(ask(kit, 4))
        .extracting(Asked::state)
        .containsExactly("a", "waits", "waits", "queue-full");
    assertThat(kit.director.view().dropped()).isEqualTo(1);
  }

  @Test
  void a_queue_timeout_of_zero_means_no_waiting() {
    DirectorKit kit = new DirectorKit(spec(List.of(active("a", 1))));
    kit.change(settings(s -> with(s, 2, Duration.ZERO, true)));
    assertThat(ask(kit, 2)).extracting(Asked::state).containsExactly("a", "queue-timeout");
  }

  @ParameterizedTest
  @MethodSource("dev.usher.sidecar.director.core.DirectorKit#strands")
  void a_cancelled_waiter_hears_nothing_and_makes_room(Supplier<Serial> strands) {
    DirectorKit kit = new DirectorKit(strands, spec(List.of(active("a", 1))));
    List<Asked> asked = ask(kit, 3);
    asked.get(1).ticket.cancel();
    asked.get(1).ticket.cancel();
    assertThat(kit.director.view().queued().current()).isEqualTo(1);
    asked.get(0).lease().close(Outcome.SERVED);
    assertThat(asked).extracting(Asked::state).containsExactly("a", "waits", "a");
    assertThat(asked.get(1).heard).isZero();
  }

  @Test
  void time_in_the_queue_is_counted_over_all_waits() {
    DirectorKit kit = new DirectorKit(spec(List.of(active("a", 1))));
    Asked holder = kit.ask(null);
    Asked waiter = kit.ask(null);
    kit.time.advanceMillis(20_000);
    holder.lease().close(Outcome.SERVED);
    assertThat(waiter.state()).isEqualTo("a");
    kit.time.advanceMillis(50_000);
    waiter.lease().retry(Outcome.CONNECT_FAILED);
    assertThat(waiter.heard).isEqualTo(1);
    kit.time.advanceMillis(9_999);
    assertThat(waiter.heard).isEqualTo(1);
    kit.time.advanceMillis(1);
    assertThat(waiter.state()).isEqualTo("queue-timeout");
  }

  @Test
  void disabling_refuses_newcomers_and_waiters_and_leaves_running_requests() {
    DirectorKit kit = new DirectorKit(spec(List.of(active("a", 1))));
    List<Asked> asked = ask(kit, 2);
    kit.change(settings(s -> s.edit().enabled(false).build()));
    assertThat(asked.get(1).state()).isEqualTo("disabled");
    assertThat(kit.ask(null).state()).isEqualTo("disabled");
    asked.get(0).lease().close(Outcome.SERVED);
    kit.change(settings(s -> s.edit().enabled(true).build()));
    assertThat(kit.ask(null).state()).isEqualTo("a");
  }

  @Test
  void without_enqueue_on_unavailable_nobody_waits_for_nothing() {
    DirectorKit kit = new DirectorKit(spec(List.of(active("a", 1))));
    kit.change(settings(s -> with(s, 10, Duration.ofSeconds(30), false)));
    List<Asked> asked = ask(kit, 2);
    asked.get(0).lease().close(Outcome.CONNECT_FAILED);
    assertThat(asked.get(1).state()).isEqualTo("unavailable");
    assertThat(kit.ask(null).state()).isEqualTo("unavailable");
  }

  @Test
  void an_unknown_bucket_is_the_root_and_is_counted() {
    DirectorKit kit = new DirectorKit(spec(List.of(active("a", 1))));
    assertThat(kit.ask("nobody").lease().bucket()).isEqualTo("root");
    assertThat(kit.director.view().unknownBucket()).isEqualTo(1);
  }

  @Test
  void an_unknown_bucket_is_counted_once_however_often_the_request_is_tried() {
    DirectorKit kit = new DirectorKit(spec(List.of(active("a", 1), active("b", 1))));
    kit.ask("nobody").retry(Outcome.CONNECT_FAILED);
    assertThat(kit.director.view().unknownBucket()).isEqualTo(1);
  }

  @Test
  void waiters_and_tokens_of_a_removed_bucket_move_to_its_parent() {
    DirectorKit kit =
        new DirectorKit(spec(List.of(active("a", 2)), BucketSpec.of("vip", "50%", "50%")));
    Asked holder = kit.ask("vip");
    Asked waiter = kit.ask("vip");
    assertThat(waiter.state()).isEqualTo("waits");
    kit.change(s -> s.withBuckets(List.of()));
    assertThat(waiter.state()).isEqualTo("a");
    assertThat(kit.director.view().shaper().own()).isEqualTo(2);
    holder.lease().close(Outcome.SERVED);
    waiter.lease().close(Outcome.SERVED);
    assertThat(kit.director.view().shaper().actual()).isZero();
  }

  @Test
  void a_retry_whose_bucket_was_removed_goes_to_the_parent() {
    BucketSpec upload = BucketSpec.of("upload", "50%", "100%");
    BucketSpec main = BucketSpec.of("main", "50%", "100%");
    DirectorKit kit =
        new DirectorKit(
            spec(List.of(active("a", 2), active("b", 2)), main.withBuckets(List.of(upload))));
    Asked asked = kit.ask("upload");
    kit.change(s -> s.withBuckets(List.of(main)));
    asked.retry(Outcome.BROKEN);
    assertThat(asked.lease().bucket()).isEqualTo("main");
    kit.change(s -> s.withBuckets(List.of()));
    kit.change(s -> s.withBuckets(List.of(upload)));
    asked.retry(Outcome.BROKEN);
    assertThat(asked.lease().bucket()).as("its own has come back").isEqualTo("upload");
  }

  @Test
  void a_requester_that_fails_when_it_hears_keeps_no_tokens() {
    DirectorKit kit = new DirectorKit(spec(List.of(active("a", 1))), bound -> 0);
    Asked holder = kit.ask(null);
    Asked failing = kit.ask(null);
    failing.whenHeard =
        () -> {
          throw new IllegalStateException("made by this test");
        };
    holder.lease().close(Outcome.SERVED);
    assertThat(failing.heard).isEqualTo(1);
    assertThat(kit.director.view().load().current()).isZero();
    assertThat(kit.director.view().shaper().actual()).isZero();
  }
}
