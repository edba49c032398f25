package dev.usher.sidecar.director.registry;

import static dev.usher.sidecar.director.registry.OnDemandKit.endpoint;
import static dev.usher.sidecar.director.registry.OnDemandKit.named;
import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.sidecar.director.FromTemplate;
import dev.usher.sidecar.director.change.Change;
import dev.usher.sidecar.director.change.Keeper;
import dev.usher.sidecar.director.change.Origin;
import dev.usher.sidecar.director.change.Step;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** Requests and idleness while a change of the API is being kept. */
class OnDemandCommitTest {

  /** Answers when the test says so. */
  private static final class GateKeeper implements Keeper {
    private final ArrayDeque<CompletableFuture<Kept>> open = new ArrayDeque<>();

    @Override
    public CompletionStage<Kept> keep(List<Entry> entries) {
      CompletableFuture<Kept> answer = new CompletableFuture<>();
      open.add(answer);
      return answer;
    }

    void succeed() {
      open.remove().complete(new Kept.Done());
    }

    void fail() {
      open.remove().complete(new Kept.Failed("disk full"));
    }
  }

  private final GateKeeper keeper = new GateKeeper();
  private final OnDemandKit kit = new OnDemandKit(3, keeper);

  private CompletableFuture<Change> create(String name, String host) {
    Origin origin = new Origin.OnDemand(endpoint(host), false);
    return kit.commit(new Step.Create(named(name), origin));
  }

  @Test
  void an_endpoint_that_the_api_is_about_to_take_gets_no_director_from_the_template() {
    CompletableFuture<Change> creation = create("mine", "a");
    assertThat(kit.request("a")).isInstanceOf(FromTemplate.Nobody.class);
    keeper.succeed();
    assertThat(creation).isCompletedWithValue(new Change.Applied(1));
    assertThat(kit.director("a").name()).isEqualTo("mine");
  }

  @Test
  void an_endpoint_that_the_api_could_not_take_is_free_again() {
    CompletableFuture<Change> creation = create("mine", "a");
    keeper.fail();
    assertThat(creation).isCompletedWithValue(new Change.NotKept("disk full"));
    assertThat(kit.director("a").name()).isEqualTo("a-80");
  }

  @Test
  void a_name_that_the_api_is_about_to_take_is_left_to_it() {
    CompletableFuture<Change> creation = create("a-80", "b");
    assertThat(kit.director("a").name()).startsWith("a-80-");
    keeper.succeed();
    assertThat(creation).isCompletedWithValue(new Change.Applied(1));
  }

  @Test
  void what_is_made_is_in_force_before_it_is_kept() {
    assertThat(kit.ask("a").state()).isEqualTo("own");
    CompletableFuture<Change> change = kit.changeLimit("a-80", 7);
    assertThat(change).as("waits for its own being kept only").isNotDone();
    keeper.succeed();
    keeper.succeed();
    assertThat(change).isCompletedWithValue(new Change.Applied(2));
  }

  @Test
  void one_that_is_being_changed_does_not_go() {
    kit.director("a");
    CompletableFuture<Change> change = kit.changeLimit("a-80", 7);
    kit.time.advanceMillis(60_000);
    assertThat(kit.isThere("a")).isTrue();
    keeper.succeed();
    keeper.succeed();
    assertThat(change).isCompletedWithValue(new Change.Applied(2));
    kit.time.advanceMillis(60_000);
    assertThat(kit.isThere("a")).isTrue();
  }

  @Test
  void one_whose_change_could_not_be_kept_goes_as_before() {
    kit.director("a");
    CompletableFuture<Change> change = kit.changeLimit("a-80", 7);
    keeper.succeed();
    keeper.fail();
    assertThat(change).isCompletedWithValue(new Change.NotKept("disk full"));
    kit.time.advanceMillis(60_000);
    assertThat(kit.isThere("a")).isFalse();
  }

  @Test
  void one_that_is_being_removed_goes_once() {
    kit.director("a");
    CompletableFuture<Change> removal = kit.commit(new Step.Remove("a-80", 1));
    kit.time.advanceMillis(60_000);
    assertThat(kit.isThere("a")).isTrue();
    keeper.succeed();
    keeper.succeed();
    assertThat(removal).isCompletedWithValue(new Change.Applied(1));
    assertThat(kit.isThere("a")).isFalse();
    assertThat(kit.view().directors()).isZero();
    assertThat(kit.view().letGo()).isZero();
  }

  @Test
  void a_change_of_one_that_has_gone_finds_it_gone() {
    kit.director("a");
    kit.time.advanceMillis(60_000);
    assertThat(kit.commit(new Step.Remove("a-80", 1)).join()).isEqualTo(new Change.Gone());
  }
}
