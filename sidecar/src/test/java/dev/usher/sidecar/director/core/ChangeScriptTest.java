package dev.usher.sidecar.director.core;

import static dev.usher.sidecar.director.core.DirectorKit.active;
import static dev.usher.sidecar.director.core.DirectorKit.spec;
import static dev.usher.sidecar.director.core.Scripts.ask;
import static dev.usher.sidecar.director.core.Scripts.recover;
import static dev.usher.sidecar.director.core.Scripts.remove;
import static dev.usher.sidecar.director.core.Scripts.settings;
import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.sidecar.backend.Role;
import dev.usher.sidecar.director.Director;
import dev.usher.sidecar.director.admission.Outcome;
import dev.usher.sidecar.director.change.Change;
import dev.usher.sidecar.director.change.Definition;
import dev.usher.sidecar.director.change.Origin;
import dev.usher.sidecar.director.change.Step;
import dev.usher.sidecar.director.core.DirectorKit.Asked;
import dev.usher.sidecar.director.spec.DirectorSpec;
import dev.usher.sidecar.health.HealthState;
import dev.usher.sidecar.schedule.Scheduling;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Changes while requests run, and the end of a director. */
class ChangeScriptTest {
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
  void a_change_of_an_older_version_is_a_conflict_and_changes_nothing() {
    DirectorKit kit = new DirectorKit(spec(List.of(active("a", 1))));
    Definition old = kit.director.definition();
    kit.change(settings(s -> s.edit().enabled(false).build()));
    Change change = kit.commit(new Step.Replace(old.spec().withBackends(List.of()), old.version()));
    assertThat(change).isEqualTo(new Change.Conflict(old.version() + 1));
    assertThat(kit.director.view().backends()).hasSize(1);
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
  void a_name_that_comes_back_does_not_repeat_a_version() {
    DirectorKit kit = new DirectorKit(spec(List.of(active("a", 1))));
    kit.change(settings(s -> s.edit().enabled(false).build()));
    kit.commit(new Step.Remove("app", 2));
    Change again = kit.commit(new Step.Create(spec(List.of()), new Origin.Api()));
    assertThat(again).isEqualTo(new Change.Applied(3));
  }
}
