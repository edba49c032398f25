package dev.usher.sidecar.director.registry;

import static dev.usher.sidecar.director.core.DirectorKit.active;
import static dev.usher.sidecar.director.core.DirectorKit.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.usher.sidecar.director.Director;
import dev.usher.sidecar.director.admission.Outcome;
import dev.usher.sidecar.director.change.Change;
import dev.usher.sidecar.director.change.Commit;
import dev.usher.sidecar.director.change.Definition;
import dev.usher.sidecar.director.change.Keeper;
import dev.usher.sidecar.director.change.Origin;
import dev.usher.sidecar.director.change.Step;
import dev.usher.sidecar.director.core.DirectorKit;
import dev.usher.sidecar.director.endpoint.Endpoint;
import dev.usher.sidecar.director.spec.DirectorSpec;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Changes are kept before they are in force. */
class CommitTest {

  /** A keeper whose every answer waits for the test. */
  private static final class GateKeeper implements Keeper {
    final List<List<Entry>> asked = new ArrayList<>();
    private final ArrayDeque<CompletableFuture<Kept>> open = new ArrayDeque<>();

    @Override
    public CompletionStage<Kept> keep(List<Entry> entries) {
      asked.add(entries);
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

    boolean isIdle() {
      return open.isEmpty();
    }

    Entry last() {
      return asked.get(asked.size() - 1).get(0);
    }
  }

  private final GateKeeper keeper = new GateKeeper();
  private final DirectorKit kit = new DirectorKit(keeper, spec(List.of(active("a", 1))));

  private static DirectorSpec named(String name) {
    return new DirectorSpec(name, DirectorSpec.Settings.DEFAULT, List.of(), List.of());
  }

  private DirectorSpec current() {
    return kit.director.definition().spec();
  }

  private DirectorSpec withLimit(int queueLimit) {
    return current().withSettings(current().settings().edit().queueLimit(queueLimit).build());
  }

  private CompletableFuture<Change> change(int queueLimit, long version) {
    return commit(new Step.Replace(withLimit(queueLimit), version));
  }

  private CompletableFuture<Change> commit(Step step) {
    return kit.directors.commit(step).toCompletableFuture();
  }

  private int limit() {
    return current().settings().queueLimit();
  }

  @Test
  void a_change_is_in_force_and_answered_when_it_is_kept_and_not_before() {
    CompletableFuture<Change> change = change(7, 1);
    assertThat(change).isNotDone();
    assertThat(limit()).isEqualTo(1000);
    assertThat(keeper.last())
        .isEqualTo(new Keeper.Entry.Put(new Definition(withLimit(7), 2, new Origin.Api())));
    keeper.succeed();
    assertThat(change).isCompletedWithValue(new Change.Applied(2));
    assertThat(limit()).isEqualTo(7);
  }

  @Test
  void a_change_that_cannot_be_kept_is_not_made_and_the_next_one_can_be() {
    CompletableFuture<Change> change = change(7, 1);
    keeper.fail();
    assertThat(change).isCompletedWithValue(new Change.NotKept("disk full"));
    assertThat(limit()).isEqualTo(1000);
    assertThat(kit.director.definition().version()).isEqualTo(1);
    CompletableFuture<Change> again = change(8, 1);
    keeper.succeed();
    assertThat(again)
        .as("another version than the one that may be on the disk")
        .isCompletedWithValue(new Change.Applied(3));
  }

  @Test
  void a_change_waits_for_the_one_before_and_then_finds_that_it_is_late() {
    CompletableFuture<Change> unused = change(7, 1);
    CompletableFuture<Change> second = change(8, 1);
    assertThat(keeper.asked).as("only the first has its turn").hasSize(1);
    keeper.succeed();
    assertThat(second).isCompletedWithValue(new Change.Conflict(2));
    assertThat(keeper.isIdle()).isTrue();
    assertThat(limit()).isEqualTo(7);
  }

  @Test
  void a_change_that_changes_nothing_is_kept_already() {
    assertThat(change(1000, 1)).isCompletedWithValue(new Change.Applied(1));
    assertThat(keeper.asked).isEmpty();
  }

  @Test
  void steps_are_applied_together_or_not_at_all() {
    CompletableFuture<Commit> commit =
        kit.directors
            .commit(
                List.of(
                    new Step.Create(named("b"), new Origin.Api()),
                    new Step.Replace(withLimit(7), 1)))
            .toCompletableFuture();
    assertThat(kit.directors.find("b")).isNull();
    assertThat(keeper.asked.get(0)).hasSize(2);
    keeper.succeed();
    assertThat(commit)
        .isCompletedWithValue(
            new Commit.Applied(List.of(new Change.Applied(2), new Change.Applied(3))));
    assertThat(kit.directors.find("b")).isNotNull();
    assertThat(limit()).isEqualTo(7);

    Step late = new Step.Replace(withLimit(9), 1);
    CompletableFuture<Commit> refused =
        kit.directors.commit(List.of(new Step.Remove("b", 2), late)).toCompletableFuture();
    assertThat(refused).isCompletedWithValue(new Commit.Refused(late, new Change.Conflict(3)));
    assertThat(kit.directors.find("b")).isNotNull();
    assertThat(keeper.isIdle()).isTrue();
  }

  @Test
  void two_steps_for_one_director_are_a_defect_of_the_caller() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> kit.directors.commit(List.of(new Step.Remove("b", 1), new Step.Remove("b", 1))));
  }

  @Test
  void a_removed_director_of_the_file_is_remembered_with_what_the_file_says() {
    DirectorSpec written = named("file");
    kit.directors.start(new Definition(named("file"), 1, new Origin.File(written)), null);
    CompletableFuture<Change> removal = commit(new Step.Remove("file", 1));
    assertThat(keeper.last()).isEqualTo(new Keeper.Entry.Removed("file", written));
    assertThat(kit.directors.find("file")).isNotNull();
    keeper.succeed();
    assertThat(removal).isCompletedWithValue(new Change.Applied(1));
    assertThat(kit.directors.find("file")).isNull();
  }

  @Test
  void a_removal_that_cannot_be_kept_leaves_the_director_at_work() {
    CompletableFuture<Change> removal = commit(new Step.Remove("app", 1));
    keeper.fail();
    assertThat(removal).isCompletedWithValue(new Change.NotKept("disk full"));
    assertThat(kit.ask(null).state()).isEqualTo("a");
  }

  @Test
  void a_host_and_port_have_one_owner() {
    Endpoint endpoint = new Endpoint("Shop.Example", 80);
    Origin onDemand = new Origin.OnDemand(endpoint, false);
    CompletableFuture<Change> first = commit(new Step.Create(named("x"), onDemand));
    CompletableFuture<Change> second = commit(new Step.Create(named("y"), onDemand));
    assertThat(kit.directors.find(endpoint)).isNull();
    keeper.succeed();
    assertThat(first).isCompletedWithValue(new Change.Applied(2));
    assertThat(second).isCompletedWithValue(new Change.EndpointTaken("x"));
    assertThat(owner("shop.example", 80)).isEqualTo("x");
    assertThat(owner("shop.example", 81)).isNull();

    CompletableFuture<Change> unused = commit(new Step.Remove("x", 2));
    keeper.succeed();
    assertThat(owner("shop.example", 80)).isNull();
    unused = commit(new Step.Create(named("y"), onDemand));
    keeper.succeed();
    assertThat(owner("shop.example", 80)).isEqualTo("y");
  }

  private @Nullable String owner(String host, int port) {
    Director director = kit.directors.find(new Endpoint(host, port));
    return director == null ? null : director.name();
  }

  @Test
  void two_creations_of_one_name_make_one_director() {
    CompletableFuture<Change> first = commit(new Step.Create(named("x"), new Origin.Api()));
    CompletableFuture<Change> second = commit(new Step.Create(named("x"), new Origin.Api()));
    keeper.succeed();
    assertThat(first).isCompletedWithValue(new Change.Applied(2));
    assertThat(second).isCompletedWithValue(new Change.NameTaken());
  }

  /** The backend fails and comes back in sticky mode, so that the director disables it. */
  private void comeBackSticky() {
    kit.ask(null).lease().close(Outcome.CONNECT_FAILED);
    for (int i = 0; i < 2; i++) {
      kit.time.advanceMillis(2_000);
      Objects.requireNonNull(kit.probes.poll()).accept(true);
    }
    assertThat(current().backends().get(0).enabled()).isFalse();
  }

  private void makeSticky() {
    DirectorSpec.Settings sticky = current().settings().edit().stickyOfflineMode(true).build();
    CompletableFuture<Change> unused = commit(new Step.Replace(current().withSettings(sticky), 1));
    keeper.succeed();
  }

  @Test
  void what_the_director_changes_by_itself_is_in_force_at_once_and_kept_afterwards() {
    makeSticky();
    comeBackSticky();
    assertThat(keeper.last()).isEqualTo(new Keeper.Entry.Put(kit.director.definition()));
    keeper.succeed();
    kit.time.advanceMillis(10_000);
    assertThat(keeper.isIdle()).isTrue();
    assertThat(kit.time.timers()).isZero();
  }

  @Test
  void what_the_director_changes_by_itself_is_kept_as_soon_as_that_works() {
    makeSticky();
    comeBackSticky();
    keeper.fail();
    assertThat(keeper.isIdle()).isTrue();
    kit.time.advanceMillis(1_000);
    assertThat(keeper.last()).isEqualTo(new Keeper.Entry.Put(kit.director.definition()));
    keeper.succeed();
    kit.time.advanceMillis(10_000);
    assertThat(keeper.isIdle()).isTrue();
  }

  @Test
  void what_the_director_changes_during_a_commit_outlives_the_commit() {
    makeSticky();
    CompletableFuture<Change> change = change(7, 2);
    Keeper.Entry kept = keeper.last();
    comeBackSticky();
    assertThat(kept)
        .isInstanceOfSatisfying(
            Keeper.Entry.Put.class,
            put ->
                assertThat(put.definition().version())
                    .as("means one thing")
                    .isNotEqualTo(kit.director.definition().version()));
    keeper.succeed();
    assertThat(change).isCompletedWithValue(new Change.Applied(5));
    assertThat(limit()).isEqualTo(7);
    assertThat(current().backends().get(0).enabled()).isFalse();
    assertThat(keeper.last()).isEqualTo(new Keeper.Entry.Put(kit.director.definition()));
    keeper.succeed();
    assertThat(keeper.isIdle()).isTrue();
  }

  @Test
  void what_the_director_changes_during_a_commit_that_fails_is_kept_too() {
    makeSticky();
    CompletableFuture<Change> unused = change(7, 2);
    comeBackSticky();
    keeper.fail();
    assertThat(limit()).isEqualTo(1000);
    assertThat(keeper.last()).isEqualTo(new Keeper.Entry.Put(kit.director.definition()));
    keeper.succeed();
    assertThat(keeper.isIdle()).isTrue();
  }

  @Test
  void a_change_that_the_director_has_made_itself_is_answered_when_that_is_kept() {
    makeSticky();
    comeBackSticky();
    keeper.fail();
    CompletableFuture<Change> same = commit(new Step.Replace(current(), 3));
    assertThat(same).isNotDone();
    keeper.succeed();
    assertThat(same).isCompletedWithValue(new Change.Applied(3));
    kit.time.advanceMillis(10_000);
    assertThat(keeper.isIdle()).isTrue();
  }
}
