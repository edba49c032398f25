package dev.usher.sidecar.director.core;

import static dev.usher.sidecar.director.core.DirectorKit.active;
import static dev.usher.sidecar.director.core.DirectorKit.backend;
import static dev.usher.sidecar.director.core.DirectorKit.spec;
import static dev.usher.sidecar.director.core.Scripts.ask;
import static dev.usher.sidecar.director.core.Scripts.settings;
import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.sidecar.backend.Role;
import dev.usher.sidecar.director.admission.Outcome;
import dev.usher.sidecar.director.core.DirectorKit.Asked;
import dev.usher.sidecar.schedule.Scheduling;
import dev.usher.sidecar.shaper.Explanation;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which backend a request comes to. */
class BackendChoiceScriptTest {
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
}
