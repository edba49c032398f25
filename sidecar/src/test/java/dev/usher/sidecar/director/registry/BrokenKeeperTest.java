package dev.usher.sidecar.director.registry;

import static dev.usher.sidecar.director.core.DirectorKit.active;
import static dev.usher.sidecar.director.core.DirectorKit.spec;
import static dev.usher.sidecar.director.registry.OnDemandKit.named;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.usher.sidecar.director.admission.Outcome;
import dev.usher.sidecar.director.change.Change;
import dev.usher.sidecar.director.change.Commit;
import dev.usher.sidecar.director.change.Keeper;
import dev.usher.sidecar.director.change.Origin;
import dev.usher.sidecar.director.change.Step;
import dev.usher.sidecar.director.core.DirectorKit;
import dev.usher.sidecar.director.spec.DirectorSpec;
import dev.usher.sidecar.director.spec.SettingsEditor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A store that has a defect, or answers late: nothing stays locked behind it. */
class BrokenKeeperTest {
  private static final Keeper WELL = Keeper.NONE;
  private static final Keeper THROWS =
      entries -> {
        throw new IllegalStateException("made by this test");
      };
  private static final Keeper FAILS =
      entries -> CompletableFuture.failedStage(new IllegalStateException("made by this test"));

  /** How it is with the keeping. */
  private Keeper keeper = WELL;

  private final DirectorKit kit =
      new DirectorKit(entries -> keeper.keep(entries), spec(List.of(active("a", 1))));

  private CompletableFuture<Commit> commit(Step... steps) {
    return kit.directors.commit(List.of(steps)).toCompletableFuture();
  }

  private Step change(int queueLimit) {
    return new Step.Replace(withLimit(queueLimit), kit.director.definition().version());
  }

  private DirectorSpec withLimit(int queueLimit) {
    return with(settings -> settings.queueLimit(queueLimit));
  }

  private DirectorSpec with(UnaryOperator<SettingsEditor> change) {
    DirectorSpec now = kit.director.definition().spec();
    return now.withSettings(change.apply(now.settings().edit()).build());
  }

  @Test
  void a_commit_whose_keeping_has_a_defect_is_answered_and_gives_all_back() {
    for (Keeper broken : List.of(THROWS, FAILS)) {
      keeper = broken;
      assertThat(commit(new Step.Create(named("b"), new Origin.Api()), change(7)))
          .isCompletedExceptionally();
      assertThat(kit.directors.find("b")).isNull();
      assertThat(kit.director.definition().spec().settings().queueLimit()).isEqualTo(1_000);
    }
    keeper = WELL;
    assertThat(commit(new Step.Create(named("b"), new Origin.Api()), change(7)))
        .isCompletedWithValueMatching(Commit.Applied.class::isInstance);
  }

  @Test
  void what_the_director_changes_itself_is_kept_after_a_commit_that_had_a_defect() {
    DirectorSpec sticky = with(settings -> settings.stickyOfflineMode(true));
    assertThat(commit(new Step.Replace(sticky, 1)))
        .isCompletedWithValueMatching(Commit.Applied.class::isInstance);
    keeper = FAILS;
    assertThat(commit(change(7))).isCompletedExceptionally();
    List<Keeper.Entry> kept = new ArrayList<>();
    keeper =
        entries -> {
          kept.addAll(entries);
          return WELL.keep(entries);
        };
    kit.ask(null).lease().close(Outcome.CONNECT_FAILED);
    assertThat(kept).containsExactly(new Keeper.Entry.Put(kit.director.definition()));
  }

  @Test
  void however_many_changes_have_piled_up_behind_a_slow_store_each_is_answered() {
    CompletableFuture<Keeper.Kept> answer = new CompletableFuture<>();
    keeper = entries -> answer;
    Step first = change(7);
    CompletableFuture<Commit> slow = commit(first);
    List<CompletableFuture<Commit>> late =
        IntStream.range(0, 20_000).mapToObj(i -> commit(change(8))).toList();
    answer.complete(new Keeper.Kept.Done());
    assertThat(slow).isCompletedWithValue(new Commit.Applied(List.of(new Change.Applied(2))));
    assertThat(late)
        .allSatisfy(
            each ->
                assertThat(each)
                    .isCompletedWithValueMatching(
                        commit ->
                            commit instanceof Commit.Refused refused
                                && refused.why().equals(new Change.Conflict(2))));
  }

  @Test
  void a_commit_may_have_as_many_steps_as_it_likes() {
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      steps.add(new Step.Create(named("d" + i), new Origin.Api()));
    }
    CompletionStage<Commit> commit = kit.directors.commit(steps);
    assertThat(commit).isCompletedWithValueMatching(Commit.Applied.class::isInstance);
    assertThat(kit.directors.all()).hasSize(20_001);
  }

  @Test
  void a_director_from_the_template_that_cannot_be_made_takes_neither_name_nor_place() {
    OnDemandKit onDemand = new OnDemandKit(1, entries -> keeper.keep(entries));
    keeper = THROWS;
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> onDemand.request("a")).hasMessage("made by this test");
    }
    keeper = WELL;
    assertThat(onDemand.director("a").name()).isEqualTo("a-80");
  }
}
