package dev.usher.sidecar.director.core;

import static dev.usher.sidecar.director.core.DirectorKit.active;
import static dev.usher.sidecar.director.core.DirectorKit.backend;
import static dev.usher.sidecar.director.core.DirectorKit.spec;
import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.sidecar.backend.BackendSpec;
import dev.usher.sidecar.backend.Role;
import dev.usher.sidecar.backend.Target;
import dev.usher.sidecar.director.Director;
import dev.usher.sidecar.director.admission.Outcome;
import dev.usher.sidecar.director.change.Change;
import dev.usher.sidecar.director.change.Definition;
import dev.usher.sidecar.director.change.Origin;
import dev.usher.sidecar.director.change.Step;
import dev.usher.sidecar.director.core.DirectorKit.Asked;
import dev.usher.sidecar.director.spec.DirectorSpec;
import dev.usher.sidecar.director.view.DirectorView;
import dev.usher.sidecar.health.HealthState;
import dev.usher.sidecar.schedule.Scheduling;
import dev.usher.sidecar.shaper.BucketSpec;
import dev.usher.sidecar.shaper.Explanation;
import dev.usher.sidecar.strand.Serial;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DirectorScriptTest {

  private static UnaryOperator<DirectorSpec> settings(UnaryOperator<DirectorSpec.Settings> change) {
    return spec -> spec.withSettings(change.apply(spec.settings()));
  }

  private static DirectorSpec.Settings with(
      DirectorSpec.Settings s, int queueLimit, Duration queueTimeout, boolean enqueue) {
    return s.edit()
        .queueLimit(queueLimit)
        .queueTimeout(queueTimeout)
        .enqueueOnUnavailable(enqueue)
        .build();
  }

  private static List<Asked> ask(DirectorKit kit, int times) {
    List<Asked> asked = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      asked.add(kit.ask(null));
    }
    return asked;
  }

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
  void a_failed_backend_goes_offline_and_the_request_goes_to_another() {
    DirectorKit kit = new DirectorKit(spec(List.of(active("a", 1), active("b", 1))));
    Asked first = kit.ask(null);
    assertThat(first.state()).isEqualTo("a");
    first.lease().retry(Outcome.CONNECT_FAILED);
    assertThat(first.state()).isEqualTo("b");
    DirectorView view = kit.director.view();
    assertThat(view.capacity()).isEqualTo(1);
    assertThat(view.backends().get(0).health().state()).isEqualTo(HealthState.OFFLINE);
  }

  @Test
  void a_retried_request_keeps_its_age() {
    DirectorKit kit = new DirectorKit(spec(List.of(active("a", 1), active("b", 1))));
    List<Asked> asked = ask(kit, 4);
    asked.get(0).lease().retry(Outcome.RESET);
    assertThat(asked).extracting(one -> one.heard).containsExactly(1, 1, 0, 0);
    asked.get(1).lease().close(Outcome.SERVED);
    assertThat(asked.get(0).heard).as("the older one goes first").isEqualTo(2);
    assertThat(asked.get(0).state()).isEqualTo("b");
    assertThat(asked.get(2).state()).isEqualTo("waits");
  }

  @Test
  void a_request_that_failed_everywhere_is_refused_after_max_retry_count() {
    List<BackendSpec> backends = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      backends.add(active("b" + i, 1));
    }
    DirectorKit kit = new DirectorKit(spec(backends));
    Asked asked = kit.ask(null);
    for (int i = 0; i < 3; i++) {
      asked.lease().retry(Outcome.CONNECT_FAILED);
      assertThat(asked.isGranted()).isTrue();
    }
    asked.lease().retry(Outcome.CONNECT_FAILED);
    assertThat(asked.state()).isEqualTo("retries-exhausted");
    assertThat(kit.director.view().shaper().actual()).isZero();
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
  void a_backend_comes_back_after_good_probes_and_the_queue_drains() {
    DirectorKit kit = new DirectorKit(spec(List.of(active("a", 2))));
    Asked first = kit.ask(null);
    first.lease().retry(Outcome.CONNECT_FAILED);
    Asked second = kit.ask(null);
    assertThat(first.heard).isEqualTo(1);
    for (int i = 0; i < 2; i++) {
      kit.time.advanceMillis(2_000);
      kit.probes.remove().accept(true);
    }
    assertThat(first.heard).isEqualTo(2);
    assertThat(second.state()).isEqualTo("a");
  }

  @Test
  void a_sticky_backend_that_recovers_stays_disabled() {
    DirectorKit kit = stickyAfterAFailure();
    recover(kit);
    assertThat(isEnabled(kit)).isFalse();
    assertThat(kit.director.view().capacity()).isZero();
    assertThat(kit.ask(null).state()).isEqualTo("waits");
    kit.change(s -> s.withBackends(List.of(active("a", 2))));
    assertThat(kit.director.view().capacity()).isEqualTo(2);
  }

  @Test
  void a_sticky_backend_can_be_seen_disabled_while_it_is_offline() {
    assertThat(isEnabled(stickyAfterAFailure())).isFalse();
  }

  @Test
  void a_sticky_backend_that_is_enabled_while_it_is_offline_serves_when_it_recovers() {
    DirectorKit kit = stickyAfterAFailure();
    kit.change(s -> s.withBackends(List.of(active("a", 2))));
    recover(kit);
    assertThat(isEnabled(kit)).isTrue();
    assertThat(kit.ask(null).state()).isEqualTo("a");
    kit.ask(null).lease().close(Outcome.CONNECT_FAILED);
    assertThat(isEnabled(kit)).isFalse();
  }

  private static DirectorKit stickyAfterAFailure() {
    DirectorKit kit = new DirectorKit(spec(List.of(active("a", 2))));
    kit.change(settings(s -> s.edit().stickyOfflineMode(true).build()));
    kit.ask(null).lease().close(Outcome.CONNECT_FAILED);
    return kit;
  }

  private static boolean isEnabled(DirectorKit kit) {
    return kit.director.definition().spec().backends().get(0).enabled();
  }

  @Test
  void what_becomes_of_a_backend_is_written_down_once_with_its_cause_and_out_of_the_strand() {
    DirectorKit kit = new DirectorKit(spec(List.of(active("a", 3), active("b", 3))));
    List<Asked> asked = ask(kit, 6);
    asked.forEach(
        each -> {
          boolean onA = each.state().equals("a");
          each.lease().close(onA ? Outcome.CONNECT_FAILED : Outcome.BROKEN);
        });
    for (int i = 0; i < 2; i++) {
      kit.time.advanceMillis(2_000);
      kit.probes.remove().accept(true);
    }
    kit.pin("b").lease().close(Outcome.RESET);
    kit.change(s -> s.withBackends(List.of(s.backends().get(0))));
    assertThat(kit.healthLog)
        .containsExactly(
            "app a OFFLINE no connection",
            "app a ONLINE good probes: 2",
            "app b OFFLINE closed before its answer");
  }

  @Test
  void a_request_that_breaks_each_backend_that_it_meets_takes_one_of_them_offline() {
    DirectorKit kit =
        new DirectorKit(spec(List.of(active("a", 2), active("b", 2), active("c", 2))));
    Asked deadly = kit.ask(null);
    deadly.lease().retry(Outcome.RESET);
    deadly.lease().retry(Outcome.RESET);
    deadly.lease().close(Outcome.RESET);
    assertThat(kit.director.view().capacity()).isEqualTo(4);
    kit.ask(null).lease().close(Outcome.RESET);
    assertThat(kit.director.view().capacity()).as("another request's").isEqualTo(2);
  }

  @Test
  void a_request_that_gets_no_connection_says_so_of_each_backend() {
    DirectorKit kit =
        new DirectorKit(spec(List.of(active("a", 2), active("b", 2), active("c", 2))));
    Asked asked = kit.ask(null);
    asked.lease().retry(Outcome.RESET);
    asked.lease().retry(Outcome.CONNECT_FAILED);
    asked.lease().close(Outcome.CONNECT_FAILED);
    assertThat(kit.director.view().capacity()).isZero();
  }

  @Test
  void standby_takes_what_the_actives_have_no_room_for_and_backup_only_when_none_is_there() {
    DirectorKit kit =
        new DirectorKit(
            spec(
                List.of(
                    active("a", 1), backend("s", 1, Role.STANDBY), backend("u", 5, Role.BACKUP))));
    List<Asked> asked = ask(kit, 3);
    assertThat(asked).extracting(Asked::state).containsExactly("a", "s", "waits");
    assertThat(kit.director.view().capacity()).isEqualTo(2);
    asked.get(0).lease().retry(Outcome.CONNECT_FAILED);
    assertThat(kit.director.view().capacity()).isEqualTo(1);
    asked.get(1).lease().retry(Outcome.CONNECT_FAILED);
    assertThat(kit.director.view().capacity()).isEqualTo(5);
    assertThat(asked).extracting(Asked::state).containsExactly("u", "u", "u");
  }

  @Test
  void five_hundred_waiters_go_to_the_backup_in_order_when_the_only_active_dies() {
    DirectorKit kit = new DirectorKit(spec(List.of(active("a", 1), backend("u", 1, Role.BACKUP))));
    Asked holder = kit.ask(null);
    List<Asked> waiters = ask(kit, 500);
    holder.lease().close(Outcome.CONNECT_FAILED);
    for (Asked waiter : waiters) {
      assertThat(waiter.state()).isEqualTo("u");
      waiter.lease().close(Outcome.SERVED);
    }
  }

  @Test
  void a_pinned_request_goes_past_the_shaper_and_is_never_queued() {
    DirectorKit kit = new DirectorKit(spec(List.of(active("a", 1), active("b", 2))));
    assertThat(kit.pin("b").state()).isEqualTo("b");
    List<Asked> asked = ask(kit, 3);
    assertThat(asked.stream().filter(Asked::isGranted)).hasSize(2);
    assertThat(kit.director.view().shaper().actual()).isEqualTo(2);
    assertThat(kit.pin("b").state()).isEqualTo("backend-full");
    assertThat(kit.pin("c").state()).isEqualTo("no-backend");
    assertThat(kit.director.explain("root").toCompletableFuture().join())
        .extracting(Explanation::limit)
        .isEqualTo(Explanation.Limit.BACKENDS);
  }

  @Test
  void a_pinned_request_is_told_why_its_backend_is_off_and_is_not_retried() {
    DirectorKit kit = new DirectorKit(spec(List.of(active("a", 2), active("b", 2))));
    Asked pinned = kit.pin("a");
    pinned.lease().retry(Outcome.CONNECT_FAILED);
    assertThat(pinned.state()).isEqualTo("retries-exhausted");
    assertThat(kit.pin("a").state()).isEqualTo("backend-offline");
    kit.change(
        s -> s.withBackends(List.of(s.backends().get(0), s.backends().get(1).withEnabled(false))));
    assertThat(kit.pin("b").state()).isEqualTo("backend-disabled");
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
  void the_scheduler_is_switched_without_losing_a_request() {
    DirectorKit kit = new DirectorKit(spec(List.of(active("a", 3), active("b", 3))));
    List<Asked> asked = ask(kit, 7);
    for (Scheduling kind : Scheduling.values()) {
      kit.change(settings(s -> s.edit().scheduler(kind).build()));
    }
    assertThat(asked.stream().filter(Asked::isGranted)).hasSize(6);
    asked.get(0).lease().close(Outcome.SERVED);
    assertThat(asked.get(6).isGranted()).isTrue();
  }

  @Test
  void a_removed_backend_finishes_what_it_has_and_then_is_gone() {
    DirectorKit kit = new DirectorKit(spec(List.of(active("a", 1), active("b", 1))));
    List<Asked> asked = ask(kit, 3);
    remove(kit, "a", false);
    assertThat(kit.director.view().backends())
        .anySatisfy(
            view -> {
              assertThat(view.spec().name()).isEqualTo("a");
              assertThat(view.spec().role()).isEqualTo(Role.TERMINATING);
            });
    asked.get(0).lease().close(Outcome.SERVED);
    assertThat(asked.get(2).state()).as("its room is gone").isEqualTo("waits");
    assertThat(kit.director.view().backends()).hasSize(1);
  }

  @Test
  void a_backend_that_is_put_back_while_it_finishes_serves_again() {
    DirectorKit kit = new DirectorKit(spec(List.of(active("a", 2))));
    List<Asked> asked = ask(kit, 2);
    asked.get(0).lease().close(Outcome.CONNECT_FAILED);
    kit.change(s -> s.withBackends(List.of()));
    kit.change(s -> s.withBackends(List.of(active("a", 2))));
    assertThat(kit.director.view().capacity()).isEqualTo(2);
    assertThat(kit.ask(null).state()).isEqualTo("a");
  }

  @Test
  void an_unknown_bucket_is_counted_once_however_often_the_request_is_tried() {
    DirectorKit kit = new DirectorKit(spec(List.of(active("a", 1), active("b", 1))));
    kit.ask("nobody").retry(Outcome.CONNECT_FAILED);
    assertThat(kit.director.view().unknownBucket()).isEqualTo(1);
  }

  @Test
  void a_backend_that_is_cut_revokes_its_leases_at_once() {
    DirectorKit kit = new DirectorKit(spec(List.of(active("a", 2))));
    Asked asked = kit.ask(null);
    remove(kit, "a", true);
    assertThat(asked.revoked).isEqualTo(1);
    assertThat(kit.director.view().backends()).isEmpty();
    asked.lease().close(Outcome.RESET);
    assertThat(kit.director.view().shaper().actual()).isZero();
    assertThat(kit.director.view().load().current()).isZero();
  }

  @Test
  void a_backend_that_is_cut_and_there_again_at_once_knows_nothing_of_before() {
    DirectorKit kit = new DirectorKit(spec(List.of(active("a", 2), active("b", 1))));
    Asked cut = kit.pin("a");
    Asked other = kit.pin("b");
    Definition now = kit.director.definition();
    assertThat(kit.commit(new Step.Replace(now.spec(), now.version(), Set.of("a", "nobody"))))
        .isEqualTo(new Change.Applied(now.version() + 1));
    assertThat(cut.revoked).isEqualTo(1);
    assertThat(other.revoked).isZero();
    Asked again = kit.pin("a");
    cut.lease().close(Outcome.CONNECT_FAILED);
    assertThat(kit.director.view().backends())
        .anySatisfy(
            view -> {
              assertThat(view.spec().name()).isEqualTo("a");
              assertThat(view.load().current()).isEqualTo(1);
              assertThat(view.health().state()).isEqualTo(HealthState.ONLINE);
            });
    again.lease().close(Outcome.SERVED);
    other.lease().close(Outcome.SERVED);
    assertThat(kit.director.view().load().current()).isZero();
    assertThat(kit.director.view().shaper().actual()).isZero();
  }

  @Test
  void a_backend_that_finishes_already_can_be_cut() {
    DirectorKit kit = new DirectorKit(spec(List.of(active("a", 2))));
    Asked asked = kit.ask(null);
    remove(kit, "a", false);
    assertThat(asked.revoked).isZero();
    remove(kit, "a", true);
    assertThat(asked.revoked).isEqualTo(1);
    assertThat(kit.director.view().backends()).isEmpty();
  }

  private static void remove(DirectorKit kit, String backend, boolean cut) {
    Definition now = kit.director.definition();
    DirectorSpec next = now.spec().withoutBackend(backend);
    Set<String> cuts = cut ? Set.of(backend) : Set.of();
    Change change = kit.commit(new Step.Replace(next, now.version(), cuts));
    assertThat(change).isEqualTo(new Change.Applied(now.version() + 1));
  }

  @Test
  void a_change_of_an_older_version_is_a_conflict_and_changes_nothing() {
    DirectorKit kit = new DirectorKit(spec(List.of(active("a", 1))));
    Definition old = kit.director.definition();
    kit.change(settings(s -> s.edit().enabled(false).build()));
    Change change = kit.commit(new Step.Replace(old.spec().withBackends(List.of()), old.version()));
    assertThat(change).isEqualTo(new Change.Conflict(old.version() + 1));
    assertThat(kit.director.view().backends()).hasSize(1);
  }

  @Test
  void a_removed_director_refuses_its_waiters_and_lets_the_others_end() {
    DirectorKit kit = new DirectorKit(spec(List.of(active("a", 1))));
    List<Asked> asked = ask(kit, 2);
    Director director = kit.director;
    assertThat(kit.commit(new Step.Remove("app", 1))).isInstanceOf(Change.Applied.class);
    assertThat(asked.get(1).state()).isEqualTo("no-director");
    assertThat(kit.directors.find("app")).isNull();
    assertThat(kit.ask(null).state()).isEqualTo("no-director");
    asked.get(0).lease().close(Outcome.SERVED);
    assertThat(director.view().shaper().actual()).isZero();
    assertThat(kit.time.timers()).isZero();
  }

  @Test
  void a_name_that_comes_back_does_not_repeat_a_version() {
    DirectorKit kit = new DirectorKit(spec(List.of(active("a", 1))));
    kit.change(settings(s -> s.edit().enabled(false).build()));
    kit.commit(new Step.Remove("app", 2));
    Change again = kit.commit(new Step.Create(spec(List.of()), new Origin.Api()));
    assertThat(again).isEqualTo(new Change.Applied(3));
  }

  @Test
  void a_backend_that_moves_to_another_address_is_not_held_for_offline() {
    DirectorKit kit = new DirectorKit(spec(List.of(active("a", 1))));
    kit.ask(null).lease().close(Outcome.CONNECT_FAILED);
    assertThat(kit.director.view().capacity()).isZero();
    kit.change(s -> s.withBackends(List.of(at("http://127.0.0.9:9", 1))));
    assertThat(kit.director.view().capacity()).isEqualTo(1);
  }

  @Test
  void a_failure_that_comes_after_the_director_was_removed_starts_no_probes() {
    DirectorKit kit = new DirectorKit(spec(List.of(active("a", 2))));
    List<Asked> asked = ask(kit, 2);
    kit.commit(new Step.Remove("app", 1));
    asked.get(0).lease().close(Outcome.CONNECT_FAILED);
    asked.get(1).lease().retry(Outcome.RESET);
    assertThat(kit.time.timers()).isZero();
    assertThat(kit.healthLog).isEmpty();
  }

  @Test
  void a_failure_at_the_old_url_says_nothing_about_the_new_one() {
    DirectorKit kit = new DirectorKit(spec(List.of(active("a", 2))));
    Asked old = kit.ask(null);
    kit.change(s -> s.withBackends(List.of(at("http://127.0.0.9:9", 2))));
    old.lease().close(Outcome.CONNECT_FAILED);
    assertThat(kit.director.view().capacity()).isEqualTo(2);
    kit.ask(null).lease().close(Outcome.CONNECT_FAILED);
    assertThat(kit.director.view().capacity()).isZero();
  }

  @Test
  void a_failure_from_before_a_name_was_put_back_says_nothing_about_its_new_backend() {
    DirectorKit kit = new DirectorKit(spec(List.of(active("a", 2))));
    List<Asked> old = ask(kit, 2);
    kit.change(s -> s.withBackends(List.of()));
    old.get(0).lease().close(Outcome.RESET);
    kit.change(s -> s.withBackends(List.of(active("a", 2))));
    old.get(1).lease().close(Outcome.RESET);
    assertThat(kit.director.view().capacity()).isEqualTo(2);
  }

  @Test
  void a_failure_from_before_a_recovery_says_nothing_about_the_time_after_it() {
    DirectorKit kit = new DirectorKit(spec(List.of(active("a", 2))));
    List<Asked> old = ask(kit, 2);
    old.get(0).lease().close(Outcome.CONNECT_FAILED);
    recover(kit);
    assertThat(kit.director.view().capacity()).isEqualTo(2);
    old.get(1).lease().close(Outcome.CONNECT_FAILED);
    assertThat(kit.director.view().capacity()).isEqualTo(2);
  }

  /** Lets the one backend that is offline answer its probes well. */
  private static void recover(DirectorKit kit) {
    for (int i = 0; i < 2; i++) {
      kit.time.advanceMillis(2_000);
      kit.probes.remove().accept(true);
    }
  }

  private static BackendSpec at(String url, int capacity) {
    return new BackendSpec("a", Target.parse("url", url), capacity, Role.ACTIVE, true);
  }

  @Test
  void a_change_in_which_the_director_fails_is_answered() {
    DirectorSpec chance =
        settings(s -> s.edit().scheduler(Scheduling.CHANCE).build()).apply(spec(List.of()));
    DirectorKit kit =
        new DirectorKit(
            chance,
            bound -> {
              throw new StackOverflowError("made by this test");
            });
    kit.ask(null);
    Definition now = kit.director.definition();
    DirectorSpec next = now.spec().withBackends(List.of(active("a", 1), active("b", 1)));
    assertThat(kit.directors.commit(new Step.Replace(next, now.version())))
        .isCompletedExceptionally();
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
  void a_grant_that_is_revoked_on_its_way_is_not_delivered_and_the_request_waits_on() {
    DirectorKit kit = new DirectorKit(spec(List.of(active("a", 2))));
    kit.ask(null).lease().close(Outcome.CONNECT_FAILED);
    Asked first = kit.ask(null);
    Asked second = kit.ask(null);
    // Both are granted at once, and the first one's answer finds the second one's on its way.
    first.whenHeard = () -> remove(kit, "a", true);
    recover(kit);
    assertThat(first.revoked).isEqualTo(1);
    assertThat(second.heard).isZero();
    assertThat(second.revoked).isZero();
    assertThat(kit.director.view().load().current()).isEqualTo(1);
    kit.change(settings(s -> s.edit().maxRetryCount(0).build()));
    kit.change(s -> s.withBackends(List.of(active("b", 1))));
    assertThat(second.state()).as("that was no attempt").isEqualTo("waits");
    first.lease().close(Outcome.CLIENT_GONE);
    assertThat(second.state()).isEqualTo("b");
    second.lease().close(Outcome.SERVED);
    assertThat(kit.director.view().shaper().actual()).isZero();
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
