package dev.usher.sidecar.director.core;

import static dev.usher.sidecar.director.core.DirectorKit.active;
import static dev.usher.sidecar.director.core.DirectorKit.backend;
import static dev.usher.sidecar.director.core.DirectorKit.spec;
import static dev.usher.sidecar.director.core.Scripts.settings;
import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.sidecar.backend.BackendSpec;
import dev.usher.sidecar.backend.Role;
import dev.usher.sidecar.backend.Target;
import dev.usher.sidecar.backend.check.HealthCheckSpec;
import dev.usher.sidecar.director.admission.Lease;
import dev.usher.sidecar.director.admission.Outcome;
import dev.usher.sidecar.director.core.DirectorKit.Asked;
import dev.usher.sidecar.health.outlier.OutlierSpec;
import dev.usher.sidecar.health.outlier.OutlierView;
import dev.usher.unit.Share;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Outliers as requests see them; two failures in a row suffice, and dice that show no jitter. */
class OutlierScriptTest {

  private static DirectorKit kit(String minCapacity, BackendSpec... backends) {
    DirectorKit kit = new DirectorKit(spec(List.of(backends)), sides -> sides / 2);
    OutlierSpec outliers =
        new OutlierSpec(
            true,
            2,
            Share.parsePercent("failure-rate", "0%"),
            4,
            3,
            Duration.ofSeconds(10),
            Duration.ofSeconds(1),
            Duration.ofSeconds(60),
            Share.parsePercent("min-capacity", minCapacity));
    HealthCheckSpec tolerant = HealthCheckSpec.DEFAULT.edit().fall(1_000).build();
    kit.change(settings(s -> s.edit().outliers(outliers).healthCheck(tolerant).build()));
    return kit;
  }

  private static void end(DirectorKit kit, String backend, Outcome... outcomes) {
    for (Outcome outcome : outcomes) {
      kit.pin(backend).lease().close(outcome);
    }
  }

  private static OutlierView.State state(DirectorKit kit, int index) {
    return kit.director.view().backends().get(index).outlier().state();
  }

  private static void fail(DirectorKit kit, String backend) {
    end(kit, backend, Outcome.SERVER_ERROR, Outcome.BROKEN);
  }

  @ParameterizedTest
  @EnumSource(
      value = Outcome.class,
      names = {"SERVER_ERROR", "CONNECT_FAILED", "RESET", "BROKEN", "TIMED_OUT"})
  void whatever_goes_wrong_at_a_backend_counts(Outcome outcome) {
    DirectorKit kit = kit("50%", active("a", 2), active("b", 2));
    end(kit, "a", outcome, outcome);
    assertThat(state(kit, 0)).isEqualTo(OutlierView.State.OUT);
    assertThat(kit.director.view().capacity()).isEqualTo(2);
    assertThat(kit.pin("a").state()).isEqualTo("backend-offline");
  }

  @ParameterizedTest
  @EnumSource(
      value = Outcome.class,
      names = {"SERVED", "DEADLINE", "CLIENT_GONE"})
  void nothing_else_does(Outcome outcome) {
    DirectorKit kit = kit("50%", active("a", 2), active("b", 2));
    end(kit, "a", Outcome.BROKEN, outcome, outcome, outcome);
    assertThat(state(kit, 0)).isEqualTo(OutlierView.State.IN);
  }

  @Test
  void what_the_director_answers_itself_does_not() {
    DirectorKit kit = kit("50%", active("a", 1), active("b", 1));
    kit.change(settings(s -> s.edit().queueLimit(1).queueTimeout(Duration.ofSeconds(1)).build()));
    Asked first = kit.ask(null);
    Asked second = kit.ask(null);
    Asked waits = kit.ask(null);
    assertThat(kit.ask(null).state()).isEqualTo("queue-full");
    assertThat(kit.ask(null).state()).isEqualTo("queue-full");
    kit.time.advanceMillis(1_000);
    assertThat(waits.state()).isEqualTo("queue-timeout");
    assertThat(kit.pin("a").state()).isEqualTo("backend-full");
    first.lease().close(Outcome.SERVED);
    second.lease().close(Outcome.SERVED);
    assertThat(List.of(state(kit, 0), state(kit, 1))).containsOnly(OutlierView.State.IN);
  }

  @Test
  void one_request_tries_it_again() {
    DirectorKit kit = kit("50%", active("a", 2), active("b", 2));
    fail(kit, "a");
    kit.time.advanceMillis(999);
    assertThat(kit.director.view().capacity()).isEqualTo(2);
    kit.time.advanceMillis(1);
    assertThat(kit.director.view().capacity()).isEqualTo(3);
    List<Asked> all = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      all.add(kit.ask(null));
    }
    assertThat(all.stream().map(Asked::state)).containsExactlyInAnyOrder("a", "b", "b", "waits");
    Asked trial = all.stream().filter(asked -> asked.state().equals("a")).findFirst().orElseThrow();
    trial.lease().close(Outcome.SERVED);
    assertThat(kit.director.view().capacity()).isEqualTo(4);
    assertThat(all.get(3).isGranted()).isTrue();
  }

  @Test
  void a_standby_is_tried_again_though_the_actives_have_room() {
    DirectorKit kit = kit("50%", active("a", 9), backend("s", 3, Role.STANDBY));
    fail(kit, "s");
    kit.time.advanceMillis(1_000);
    assertThat(kit.director.view().capacity()).isEqualTo(10);
    List<Asked> all = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      all.add(kit.ask(null));
    }
    List<Asked> trials = all.stream().filter(asked -> asked.state().equals("s")).toList();
    assertThat(trials).hasSize(1);
    trials.get(0).lease().close(Outcome.SERVED);
    assertThat(kit.director.view().capacity()).isEqualTo(12);
  }

  @Test
  void a_trial_whose_client_leaves_decides_nothing() {
    DirectorKit kit = kit("50%", active("a", 2), active("b", 2));
    fail(kit, "a");
    kit.time.advanceMillis(1_000);
    kit.pin("a").lease().close(Outcome.CLIENT_GONE);
    assertThat(state(kit, 0)).isEqualTo(OutlierView.State.TRIAL);
    kit.pin("a").lease().close(Outcome.SERVED);
    assertThat(state(kit, 0)).isEqualTo(OutlierView.State.IN);
  }

  @Test
  void what_was_sent_before_decides_nothing() {
    DirectorKit kit = kit("50%", active("a", 3), active("b", 3));
    Asked early = kit.pin("a");
    fail(kit, "a");
    kit.time.advanceMillis(1_000);
    early.lease().close(Outcome.SERVED);
    assertThat(state(kit, 0)).isEqualTo(OutlierView.State.TRIAL);
  }

  @Test
  void min_capacity_stays_whoever_fails() {
    DirectorKit kit = kit("50%", active("a", 2), active("b", 2), active("c", 2), active("d", 2));
    for (String name : List.of("a", "b", "c", "d")) {
      fail(kit, name);
    }
    assertThat(kit.director.view().capacity()).isEqualTo(4);
    kit.change(s -> s.withBackends(s.backends().subList(0, 3)));
    assertThat(kit.director.view().capacity()).isGreaterThanOrEqualTo(3);
  }

  @Test
  void who_is_out_is_recalled_when_others_go_offline() {
    DirectorKit kit = kit("50%", active("a", 2), active("b", 2));
    fail(kit, "a");
    assertThat(kit.director.view().capacity()).isEqualTo(2);
    kit.change(settings(s -> s.edit().healthCheck(HealthCheckSpec.DEFAULT).build()));
    end(kit, "b", Outcome.CONNECT_FAILED);
    assertThat(state(kit, 0)).isEqualTo(OutlierView.State.IN);
    assertThat(kit.director.view().capacity()).isEqualTo(2);
  }

  @Test
  void backups_are_judged_among_themselves() {
    DirectorKit kit = kit("100%", active("a", 2), backend("s", 2, Role.BACKUP));
    fail(kit, "a");
    assertThat(state(kit, 0)).isEqualTo(OutlierView.State.IN);
    kit = kit("0%", active("a", 2), backend("s", 5, Role.BACKUP));
    fail(kit, "a");
    assertThat(kit.director.view().capacity()).isEqualTo(5);
    assertThat(kit.ask(null).state()).isEqualTo("s");
  }

  @Test
  void a_slow_backend_among_fast_ones_is_taken_out() {
    DirectorKit kit = kit("50%", active("a", 9), active("b", 9), active("c", 9));
    for (int second = 0; second < 3; second++) {
      for (String name : Arrays.asList("a", "b", "c", "a", "b", "c")) {
        Asked asked = kit.pin(name);
        if (asked.isGranted()) {
          Lease lease = asked.lease();
          lease.answeredAfter((name.equals("b") ? 80 : 20) * 1_000_000L);
          lease.close(Outcome.SERVED);
        }
      }
      kit.time.advanceMillis(900);
    }
    assertThat(List.of(state(kit, 0), state(kit, 1), state(kit, 2)))
        .containsExactly(OutlierView.State.IN, OutlierView.State.OUT, OutlierView.State.IN);
    assertThat(kit.director.view().backends().get(1).outlier().cause())
        .isEqualTo("answers after 80 ms, its peers' after 20 ms");
  }

  @Test
  void another_url_begins_anew() {
    DirectorKit kit = kit("50%", active("a", 2), active("b", 2));
    fail(kit, "a");
    kit.change(
        s ->
            s.withBackends(
                List.of(
                    new BackendSpec("a", new Target("127.0.0.1", 9), 2, Role.ACTIVE, true),
                    s.backends().get(1))));
    assertThat(state(kit, 0)).isEqualTo(OutlierView.State.IN);
    assertThat(kit.director.view().capacity()).isEqualTo(4);
  }
}
