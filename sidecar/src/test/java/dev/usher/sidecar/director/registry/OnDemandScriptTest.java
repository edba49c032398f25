package dev.usher.sidecar.director.registry;

import static dev.usher.sidecar.director.registry.OnDemandKit.IDLE;
import static dev.usher.sidecar.director.registry.OnDemandKit.endpoint;
import static dev.usher.sidecar.director.registry.OnDemandKit.named;
import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.sidecar.backend.Target;
import dev.usher.sidecar.director.Director;
import dev.usher.sidecar.director.FromTemplate;
import dev.usher.sidecar.director.admission.Outcome;
import dev.usher.sidecar.director.change.Change;
import dev.usher.sidecar.director.change.Definition;
import dev.usher.sidecar.director.change.Keeper;
import dev.usher.sidecar.director.change.Origin;
import dev.usher.sidecar.director.change.Step;
import dev.usher.sidecar.director.core.DirectorKit.Asked;
import dev.usher.sidecar.director.ondemand.DerivedName;
import dev.usher.sidecar.director.view.OnDemandView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** Directors come from the template with their first request and go when they are idle. */
class OnDemandScriptTest {
  private static final long ROUND = IDLE.toMillis() / 10;
  private static final int LIMIT = 3;

  /** Remembers what it was told, and answers as it was told to. */
  private static final class Memory implements Keeper {
    final List<Entry> told = new ArrayList<>();
    boolean fails;

    @Override
    public CompletionStage<Kept> keep(List<Entry> entries) {
      told.addAll(entries);
      return CompletableFuture.completedStage(
          fails ? new Kept.Failed("disk full") : new Kept.Done());
    }
  }

  private final Memory memory = new Memory();
  private final OnDemandKit kit = new OnDemandKit(LIMIT, memory);

  private static Origin templated(String host) {
    return new Origin.OnDemand(endpoint(host), true);
  }

  private void passIdleTime() {
    kit.time.advanceMillis(IDLE.toMillis() + 3 * ROUND);
  }

  @Test
  void the_first_request_makes_a_director_and_goes_on_into_it() {
    assertThat(kit.isThere("shop.example")).isFalse();
    Asked first = kit.ask("shop.example");
    assertThat(first.state()).isEqualTo("own");
    assertThat(first.lease().target()).isEqualTo(new Target("shop.example.internal", 80));
    assertThat(first.lease().director()).isEqualTo("shop.example-80");
    assertThat(kit.director("shop.example")).isSameAs(kit.directors.find("shop.example-80"));
    assertThat(kit.ask("shop.example").state()).isEqualTo("waits");
    assertThat(kit.view()).isEqualTo(new OnDemandView(LIMIT, IDLE, 1, 1, 0, 0));
  }

  @Test
  void what_is_made_is_kept_behind() {
    Definition made = kit.director("a").definition();
    assertThat(made.origin()).isEqualTo(templated("a"));
    assertThat(memory.told).containsExactly(new Keeper.Entry.Put(made));
  }

  @Test
  void the_limit_is_how_many_there_are_at_a_time() {
    for (String host : List.of("a", "b", "c")) {
      assertThat(kit.ask(host).isGranted()).isTrue();
    }
    assertThat(kit.request("d")).isEqualTo(new FromTemplate.LimitReached(Duration.ofSeconds(3)));
    assertThat(kit.request("a")).isInstanceOf(FromTemplate.Made.class);
    assertThat(kit.view()).isEqualTo(new OnDemandView(LIMIT, IDLE, 3, 3, 0, 1));

    CompletableFuture<Change> gone = kit.commit(new Step.Remove("b-80", 2));
    assertThat(gone).isCompletedWithValue(new Change.Applied(2));
    assertThat(kit.ask("d").isGranted()).isTrue();
    assertThat(kit.request("b")).isInstanceOf(FromTemplate.LimitReached.class);
  }

  @Test
  void directors_of_the_api_do_not_count_for_the_limit() {
    for (String host : List.of("a", "b", "c", "d")) {
      Origin origin = new Origin.OnDemand(endpoint(host), false);
      assertThat(kit.commit(new Step.Create(named(host), origin)).join())
          .isInstanceOf(Change.Applied.class);
    }
    assertThat(kit.view().directors()).isZero();
    assertThat(kit.director("d").name()).isEqualTo("d");
    assertThat(kit.director("e").name()).isEqualTo("e-80");
  }

  @Test
  void a_host_of_which_no_backend_can_be_made_gets_no_director_and_takes_no_place() {
    for (int i = 0; i < 2 * LIMIT; i++) {
      assertThat(kit.request("::" + i)).isInstanceOf(FromTemplate.Nobody.class);
    }
    assertThat(kit.view()).isEqualTo(new OnDemandView(LIMIT, IDLE, 0, 0, 0, 0));
    assertThat(kit.time.timers()).isZero();
    assertThat(memory.told).isEmpty();
  }

  @Test
  void a_name_that_somebody_else_has_is_left_to_them() {
    CompletableFuture<Change> taken = kit.commit(new Step.Create(named("a-80"), new Origin.Api()));
    assertThat(taken).isCompletedWithValue(new Change.Applied(1));
    String second = DerivedName.of(endpoint("a"), 1);
    assertThat(kit.director("a").name()).isEqualTo(second);
    assertThat(kit.directors.find(second)).isSameAs(kit.director("a"));
  }

  @Test
  void with_every_name_taken_there_is_nobody_and_no_place_is_lost() {
    for (int attempt = 0; attempt < 4; attempt++) {
      String name = DerivedName.of(endpoint("a"), attempt);
      CompletableFuture<Change> unused = kit.commit(new Step.Create(named(name), new Origin.Api()));
    }
    for (int i = 0; i < 2 * LIMIT; i++) {
      assertThat(kit.request("a")).isInstanceOf(FromTemplate.Nobody.class);
    }
    assertThat(kit.ask("b").isGranted()).isTrue();
  }

  @Test
  void the_api_cannot_take_the_name_or_the_endpoint_of_one_that_is_there() {
    Director made = kit.director("a");
    assertThat(kit.commit(new Step.Create(named("a-80"), new Origin.Api())).join())
        .isEqualTo(new Change.NameTaken());
    Origin same = new Origin.OnDemand(endpoint("A."), false);
    assertThat(kit.commit(new Step.Create(named("x"), same)).join())
        .isEqualTo(new Change.EndpointTaken(made.name()));
    assertThat(kit.directors.find("x")).isNull();
    assertThat(kit.commit(new Step.Create(named("x"), new Origin.Api())).join())
        .as("the name is free again")
        .isInstanceOf(Change.Applied.class);
  }

  @Test
  void one_that_nobody_asks_goes_after_the_idle_time_and_not_before() {
    kit.ask("a").lease().close(Outcome.SERVED);
    kit.time.advanceMillis(IDLE.toMillis());
    assertThat(kit.isThere("a")).isTrue();
    kit.time.advanceMillis(3 * ROUND);
    assertThat(kit.isThere("a")).isFalse();
    assertThat(kit.directors.find("a-80")).isNull();
    assertThat(kit.directors.all()).isEmpty();
    assertThat(memory.told.get(1)).isEqualTo(new Keeper.Entry.Removed("a-80", null));
    assertThat(kit.view()).isEqualTo(new OnDemandView(LIMIT, IDLE, 0, 1, 1, 0));
    assertThat(kit.time.timers()).as("nothing is left to look at").isZero();
  }

  @Test
  void each_request_begins_the_idle_time_anew_even_a_refused_one() {
    kit.ask("a").lease().close(Outcome.SERVED);
    for (int i = 0; i < 5; i++) {
      kit.time.advanceMillis(IDLE.toMillis() - 2 * ROUND);
      Asked again = new Asked(kit.director("a"), null, "no such backend");
      assertThat(again.state()).isEqualTo("no-backend");
    }
    kit.time.advanceMillis(IDLE.toMillis());
    assertThat(kit.isThere("a")).isTrue();
    passIdleTime();
    assertThat(kit.isThere("a")).isFalse();
  }

  @Test
  void one_at_whose_backend_a_request_runs_stays() {
    Asked running = kit.ask("a");
    kit.time.advanceMillis(10 * IDLE.toMillis());
    assertThat(kit.isThere("a")).isTrue();
    running.lease().close(Outcome.SERVED);
    kit.time.advanceMillis(IDLE.toMillis());
    assertThat(kit.isThere("a")).as("its idle time begins with the end of the request").isTrue();
    passIdleTime();
    assertThat(kit.isThere("a")).isFalse();
  }

  @Test
  void one_in_which_a_request_waits_stays() {
    Asked running = kit.ask("a");
    Asked waiting = kit.ask("a");
    Definition now = kit.director("a").definition();
    running.lease().close(Outcome.CONNECT_FAILED);
    assertThat(waiting.state()).isEqualTo("waits");
    kit.time.advanceMillis(20_000);
    assertThat(kit.isThere("a")).isTrue();
    kit.time.advanceMillis(10_000);
    assertThat(waiting.state()).isEqualTo("queue-timeout");
    assertThat(kit.director("a").definition()).isEqualTo(now);
    passIdleTime();
    assertThat(kit.isThere("a")).isFalse();
  }

  @Test
  void a_request_that_comes_too_late_for_one_that_goes_finds_the_next_one() {
    Director gone = kit.director("a");
    passIdleTime();
    Asked late = new Asked(gone, null, null);
    assertThat(late.state()).isEqualTo("no-director");
    assertThat(kit.isThere("a")).isFalse();
    assertThat(kit.ask("a").state()).isEqualTo("own");
    assertThat(kit.director("a")).isNotSameAs(gone);
    assertThat(kit.director("a").name()).isEqualTo(gone.name());
    assertThat(kit.director("a").definition().version()).isEqualTo(2);
  }

  @Test
  void one_timer_is_enough_for_all() {
    kit.director("a");
    kit.director("b");
    kit.director("c");
    assertThat(kit.time.timers()).isEqualTo(1);
    kit.time.advanceMillis(IDLE.toMillis() / 2);
    Asked asked = kit.ask("b");
    kit.time.advanceMillis(IDLE.toMillis());
    assertThat(kit.directors.all()).extracting(Director::name).containsExactly("b-80");
    assertThat(kit.time.timers()).isEqualTo(1);
    asked.lease().close(Outcome.SERVED);
  }

  @Test
  void one_that_somebody_changes_is_theirs_and_stays() {
    kit.director("a");
    assertThat(kit.changeLimit("a-80", 7).join()).isEqualTo(new Change.Applied(2));
    Definition changed = kit.director("a").definition();
    assertThat(changed.origin()).isEqualTo(new Origin.OnDemand(endpoint("a"), false));
    assertThat(memory.told.get(1)).isEqualTo(new Keeper.Entry.Put(changed));
    assertThat(kit.view().directors()).as("it takes no place any more").isZero();
    passIdleTime();
    assertThat(kit.isThere("a")).isTrue();
    assertThat(kit.commit(new Step.Remove("a-80", 2)).join()).isEqualTo(new Change.Applied(2));
    assertThat(kit.view().directors()).isZero();
  }

  @Test
  void a_change_that_changes_nothing_leaves_it_to_go() {
    kit.director("a");
    assertThat(kit.changeLimit("a-80", 1000).join()).isEqualTo(new Change.Applied(1));
    passIdleTime();
    assertThat(kit.isThere("a")).isFalse();
  }

  @Test
  void one_of_before_the_restart_counts_and_goes_as_well() {
    for (String host : List.of("a", "b", "c", "d")) {
      kit.directors.start(new Definition(named(host), 9, templated(host)), null);
    }
    assertThat(kit.view().directors()).as("more than may be made").isEqualTo(4);
    assertThat(kit.request("e")).isInstanceOf(FromTemplate.LimitReached.class);
    passIdleTime();
    assertThat(kit.directors.all()).isEmpty();
    assertThat(kit.director("e").definition().version()).isEqualTo(10);
  }

  @Test
  void trouble_with_keeping_is_logged_once_until_it_is_over() {
    memory.fails = true;
    kit.director("a");
    kit.director("b");
    passIdleTime();
    assertThat(kit.directors.all()).isEmpty();
    assertThat(kit.log).containsExactly("a-80 disk full");
    memory.fails = false;
    kit.director("a");
    memory.fails = true;
    kit.director("b");
    assertThat(kit.log).containsExactly("a-80 disk full", "b-80 disk full");
  }
}
