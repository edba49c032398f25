package dev.usher.sidecar.director.core;

import static dev.usher.sidecar.director.core.DirectorKit.active;
import static dev.usher.sidecar.director.core.DirectorKit.spec;
import static dev.usher.sidecar.director.core.Scripts.ask;
import static dev.usher.sidecar.director.core.Scripts.settings;
import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.sidecar.backend.BackendSpec;
import dev.usher.sidecar.backend.check.HealthCheckEditor;
import dev.usher.sidecar.backend.check.HealthMode;
import dev.usher.sidecar.director.admission.Outcome;
import dev.usher.sidecar.director.change.Definition;
import dev.usher.sidecar.director.change.Memory;
import dev.usher.sidecar.director.change.Origin;
import dev.usher.sidecar.director.change.Step;
import dev.usher.sidecar.director.core.DirectorKit.Asked;
import dev.usher.sidecar.director.spec.DirectorSpec;
import dev.usher.sidecar.health.HealthState;
import dev.usher.sidecar.health.HealthView;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What the modes of health monitors do to requests and to capacity. */
class HealthScriptTest {
  private static final int INTERVAL_MILLIS = 2_000;
  private static final int SOON_MILLIS = 50;

  private static BackendSpec watched(String name, int capacity, HealthMode mode) {
    return active(name, capacity).withHealthCheck(new HealthCheckEditor().mode(mode).override());
  }

  private static DirectorKit kit(BackendSpec... backends) {
    return new DirectorKit(spec(List.of(backends)));
  }

  private static UnaryOperator<DirectorSpec> sticky() {
    return settings(s -> s.edit().stickyOfflineMode(true).build());
  }

  private static HealthView health(DirectorKit kit, int index) {
    return kit.director.view().backends().get(index).health();
  }

  private static void probe(DirectorKit kit, long afterMillis, boolean good) {
    kit.time.advanceMillis(afterMillis);
    kit.probes.remove().accept(good);
  }

  @Test
  void a_paranoid_backend_takes_requests_once_a_probe_was_good() {
    DirectorKit kit = kit(watched("a", 2, HealthMode.PARANOID));
    Asked asked = kit.ask(null);
    assertThat(kit.director.view().capacity()).isZero();
    assertThat(kit.pin("a").state()).isEqualTo("backend-offline");
    kit.time.advanceMillis(SOON_MILLIS);
    assertThat(asked.state()).isEqualTo("waits");
    kit.probes.remove().accept(true);
    assertThat(asked.state()).isEqualTo("a");
    assertThat(kit.director.view().capacity()).isEqualTo(2);
  }

  @Test
  void a_backend_that_joins_or_moves_is_probed_first_where_that_is_wanted() {
    DirectorKit kit = kit(active("a", 1));
    kit.change(s -> s.withBackends(List.of(active("a", 1), watched("b", 2, HealthMode.PARANOID))));
    assertThat(kit.director.view().capacity()).isEqualTo(1);
    probe(kit, SOON_MILLIS, true);
    assertThat(kit.director.view().capacity()).isEqualTo(3);
    BackendSpec moved = Scripts.at("http://127.0.0.9:9", 2);
    kit.change(
        s ->
            s.withBackends(
                List.of(
                    moved.withHealthCheck(
                        new HealthCheckEditor().mode(HealthMode.PARANOID).override()))));
    assertThat(health(kit, 0).state()).isEqualTo(HealthState.UNKNOWN);
    assertThat(kit.director.view().capacity()).isZero();
  }

  @Test
  void sticky_mode_disables_no_fleet_at_its_start() {
    DirectorKit kit =
        new DirectorKit(
            sticky()
                .apply(
                    spec(
                        List.of(
                            watched("a", 1, HealthMode.PARANOID),
                            watched("b", 2, HealthMode.PARANOID)))));
    kit.time.advanceMillis(SOON_MILLIS);
    kit.probes.remove().accept(false);
    kit.probes.remove().accept(true);
    Definition now = kit.director.definition();
    assertThat(now.version()).isEqualTo(1);
    assertThat(kit.director.view().capacity()).isEqualTo(2);
    for (int i = 0; i < 2; i++) {
      kit.time.advanceMillis(INTERVAL_MILLIS);
      kit.probes.remove().accept(true);
      kit.probes.remove().accept(true);
    }
    assertThat(kit.director.view().capacity()).as("a has come up late").isEqualTo(3);
    assertThat(kit.director.definition()).isEqualTo(now);
  }

  @Test
  void sticky_mode_disables_one_that_a_probe_finds_gone() {
    DirectorKit kit =
        new DirectorKit(sticky().apply(spec(List.of(watched("a", 1, HealthMode.OPPORTUNISTIC)))));
    probe(kit, INTERVAL_MILLIS, false);
    assertThat(kit.director.definition().spec().backends().get(0).enabled()).isFalse();
  }

  @Test
  void an_opportunistic_probe_leaves_requests_one_unit_less() {
    DirectorKit kit = kit(watched("a", 3, HealthMode.OPPORTUNISTIC));
    kit.time.advanceMillis(INTERVAL_MILLIS);
    assertThat(kit.director.view().capacity()).isEqualTo(2);
    List<Asked> asked = ask(kit, 3);
    assertThat(asked).extracting(Asked::state).containsExactly("a", "a", "waits");
    kit.probes.remove().accept(true);
    assertThat(asked.get(2).state()).isEqualTo("a");
  }

  @Test
  void a_busy_backend_is_not_probed_and_its_capacity_stays() {
    DirectorKit kit = kit(watched("a", 2, HealthMode.OPPORTUNISTIC));
    List<Asked> asked = ask(kit, 2);
    kit.time.advanceMillis(10 * INTERVAL_MILLIS);
    assertThat(kit.probes).isEmpty();
    assertThat(kit.director.view().capacity()).isEqualTo(2);
    asked.get(0).lease().close(Outcome.SERVED);
    kit.time.advanceMillis(INTERVAL_MILLIS - 1);
    assertThat(kit.probes).as("since that request ended").isEmpty();
    kit.time.advanceMillis(INTERVAL_MILLIS + 1);
    assertThat(kit.probes).hasSize(1);
    assertThat(kit.director.view().capacity()).as("what is in flight has its place").isEqualTo(1);
  }

  @Test
  void who_may_not_wait_for_a_backend_waits_for_a_probe() {
    DirectorKit kit = kit(watched("a", 1, HealthMode.OPPORTUNISTIC));
    kit.change(settings(s -> s.edit().enqueueOnUnavailable(false).build()));
    kit.time.advanceMillis(INTERVAL_MILLIS);
    Asked asked = kit.ask(null);
    assertThat(asked.state()).as("the only unit is held").isEqualTo("waits");
    kit.probes.remove().accept(true);
    assertThat(asked.state()).isEqualTo("a");
    asked.lease().close(Outcome.CONNECT_FAILED);
    assertThat(kit.ask(null).state()).isEqualTo("unavailable");
  }

  @Test
  void errors_take_a_backend_offline_where_they_count() {
    DirectorKit kit = kit(active("a", 1));
    for (int i = 0; i < 5; i++) {
      kit.ask(null).lease().close(Outcome.SERVER_ERROR);
    }
    assertThat(kit.director.view().capacity()).isEqualTo(1);
    kit.change(
        settings(s -> s.edit().healthCheck(s.healthCheck().edit().count5xx(true).build()).build()));
    for (int i = 0; i < 2; i++) {
      kit.ask(null).lease().close(Outcome.SERVER_ERROR);
    }
    kit.ask(null).lease().close(Outcome.SERVED);
    for (int i = 0; i < 3; i++) {
      assertThat(kit.director.view().capacity()).isEqualTo(1);
      kit.ask(null).lease().close(Outcome.SERVER_ERROR);
    }
    assertThat(kit.director.view().capacity()).isZero();
    assertThat(kit.healthLog).containsExactly("app a OFFLINE answers of 5xx: 3");
  }

  @Test
  void failures_do_not_count_that_an_older_epoch_began() {
    DirectorKit kit = kit(active("a", 4));
    kit.change(settings(s -> s.edit().healthCheck(s.healthCheck().edit().fall(2).build()).build()));
    List<Asked> old = ask(kit, 2);
    kit.change(s -> s.withBackends(List.of(Scripts.at("http://127.0.0.9:9", 4))));
    kit.ask(null).lease().close(Outcome.CONNECT_FAILED);
    old.get(0).lease().close(Outcome.SERVED);
    assertThat(health(kit, 0).failuresInRow()).as("that was another one").isEqualTo(1);
    old.get(1).lease().close(Outcome.CONNECT_FAILED);
    assertThat(health(kit, 0).state()).isEqualTo(HealthState.ONLINE);
    kit.ask(null).lease().close(Outcome.CONNECT_FAILED);
    assertThat(health(kit, 0).state()).isEqualTo(HealthState.OFFLINE);
  }

  @Test
  void one_backend_may_be_watched_otherwise_than_its_director_says() {
    DirectorKit kit = kit(active("a", 1), watched("b", 1, HealthMode.PARANOID));
    assertThat(kit.director.view().capacity()).isEqualTo(1);
    kit.change(
        settings(
            s ->
                s.edit()
                    .healthCheck(s.healthCheck().edit().mode(HealthMode.OPPORTUNISTIC).build())
                    .build()));
    assertThat(health(kit, 0).mode()).isEqualTo(HealthMode.OPPORTUNISTIC);
    assertThat(health(kit, 1).mode()).isEqualTo(HealthMode.PARANOID);
    kit.change(s -> s.withBackends(List.of(active("a", 1), active("b", 1))));
    assertThat(health(kit, 1).mode()).isEqualTo(HealthMode.OPPORTUNISTIC);
    assertThat(health(kit, 1).state()).as("assumed").isEqualTo(HealthState.ONLINE);
  }

  @Test
  void a_disabled_backend_is_probed_like_others() {
    DirectorKit kit = kit(watched("a", 1, HealthMode.PARANOID).withEnabled(false));
    probe(kit, SOON_MILLIS, true);
    assertThat(kit.director.view().capacity()).isZero();
    kit.change(s -> s.withBackends(List.of(watched("a", 1, HealthMode.PARANOID))));
    assertThat(kit.director.view().capacity()).isEqualTo(1);
  }

  @Test
  void nobody_is_probed_of_a_director_that_was_removed() {
    DirectorKit kit =
        kit(watched("a", 1, HealthMode.PARANOID), watched("b", 1, HealthMode.OPPORTUNISTIC));
    kit.time.advanceMillis(SOON_MILLIS);
    kit.commit(new Step.Remove("app", kit.director.definition().version()));
    kit.probes.remove().accept(true);
    kit.time.advanceMillis(10 * INTERVAL_MILLIS);
    assertThat(kit.probes).isEmpty();
    assertThat(kit.time.timers()).isZero();
  }

  @Test
  void what_is_not_known_yet_is_remembered_as_offline_and_what_is_known_goes_on() {
    DirectorSpec watched =
        spec(List.of(watched("a", 1, HealthMode.PARANOID), watched("b", 2, HealthMode.PARANOID)));
    DirectorKit before = new DirectorKit(watched);
    before.time.advanceMillis(SOON_MILLIS);
    before.probes.removeLast().accept(true);
    Memory memory = before.director.memory();
    assertThat(Objects.requireNonNull(memory.backends().get("a")).state())
        .isEqualTo(HealthState.OFFLINE);
    DirectorKit after = kit(active("other", 1));
    DirectorSpec again =
        new DirectorSpec("again", watched.settings(), watched.backends(), watched.buckets());
    var director = after.directors.start(new Definition(again, 5, new Origin.Api()), memory);
    assertThat(director.view().capacity()).as("b is trusted on").isEqualTo(2);
    after.time.advanceMillis(SOON_MILLIS);
    assertThat(after.probes).as("both are probed at once").hasSize(2);
  }
}
