package dev.usher.sidecar.director.core;

import static dev.usher.sidecar.director.core.DirectorKit.active;
import static dev.usher.sidecar.director.core.DirectorKit.spec;
import static dev.usher.sidecar.director.core.Scripts.ask;
import static dev.usher.sidecar.director.core.Scripts.at;
import static dev.usher.sidecar.director.core.Scripts.recover;
import static dev.usher.sidecar.director.core.Scripts.remove;
import static dev.usher.sidecar.director.core.Scripts.settings;
import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.sidecar.backend.BackendSpec;
import dev.usher.sidecar.backend.Disabled;
import dev.usher.sidecar.director.admission.Outcome;
import dev.usher.sidecar.director.change.Definition;
import dev.usher.sidecar.director.core.DirectorKit.Asked;
import dev.usher.sidecar.director.view.DirectorView;
import dev.usher.sidecar.health.HealthState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What failures do to requests and to backends. */
class FailureScriptTest {
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
  void a_request_of_a_backend_that_is_cut_goes_elsewhere_without_counting() {
    DirectorKit kit = new DirectorKit(spec(List.of(active("a", 1), active("b", 1))));
    kit.change(settings(s -> s.edit().maxRetryCount(0).build()));
    Asked asked = kit.ask(null);
    assertThat(asked.state()).isEqualTo("a");
    remove(kit, "a", true);
    asked.lease().retry(Outcome.BROKEN);
    assertThat(asked.state()).isEqualTo("b");
    asked.lease().retry(Outcome.CONNECT_FAILED);
    assertThat(asked.state()).isEqualTo("retries-exhausted");
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
  void a_sticky_backend_says_why_and_since_when_it_is_disabled_until_it_is_enabled() {
    DirectorKit kit = stickyAfterAFailure();
    Disabled why =
        new Disabled(
            "sticky-offline-mode: no connection", Instant.ofEpochMilli(kit.time.epochMillis()));
    recover(kit);
    assertThat(backend(kit).disabled()).isEqualTo(why);
    kit.change(s -> s.withBackends(List.of(backend(kit).withEnabled(false))));
    assertThat(backend(kit).disabled()).isEqualTo(why);
    kit.change(s -> s.withBackends(List.of(backend(kit).withEnabled(true))));
    assertThat(backend(kit).disabled()).isNull();
  }

  private static BackendSpec backend(DirectorKit kit) {
    return kit.director.definition().spec().backends().get(0);
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

  @Test
  void a_sticky_backend_that_is_disabled_already_is_not_changed_by_a_failure() {
    DirectorKit kit = new DirectorKit(spec(List.of(active("a", 2))));
    kit.change(settings(s -> s.edit().stickyOfflineMode(true).build()));
    Asked running = kit.ask(null);
    kit.change(s -> s.withBackendDisabled("a", Disabled.byStickyMode("x", 0)));
    Definition disabled = kit.director.definition();
    running.lease().close(Outcome.CONNECT_FAILED);
    assertThat(kit.healthLog).hasSize(1);
    assertThat(kit.director.definition()).isEqualTo(disabled);
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
  void a_backend_that_moves_to_another_address_is_not_held_for_offline() {
    DirectorKit kit = new DirectorKit(spec(List.of(active("a", 1))));
    kit.ask(null).lease().close(Outcome.CONNECT_FAILED);
    assertThat(kit.director.view().capacity()).isZero();
    kit.change(s -> s.withBackends(List.of(at("http://127.0.0.9:9", 1))));
    assertThat(kit.director.view().capacity()).isEqualTo(1);
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
}
