package dev.usher.sidecar.director;

import dev.usher.sidecar.director.change.Change;
import dev.usher.sidecar.director.change.Commit;
import dev.usher.sidecar.director.change.Step;
import dev.usher.sidecar.director.endpoint.Endpoint;
import dev.usher.sidecar.director.view.OnDemandView;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** All directors, and the one door for changes of them. [any] */
public interface Directors {
  @Nullable Director find(String name);

  /** The director that answers for a host and port. One map look-up. */
  @Nullable Director find(Endpoint endpoint);

  /**
   * The director that answers for a host and port, made from the template if nobody does. Never
   * waits. It is in force when this returns, and kept some time later.
   */
  FromTemplate findOrMake(Endpoint endpoint);

  /** How it goes with the directors from the template; null when there is no template. */
  @Nullable OnDemandView onDemand();

  /** All of them, by name. */
  List<Director> all();

  /**
   * Applies all of {@code steps} or none: each director is checked, then all is kept, then put in
   * force. Commits that have a director in common take turns.
   *
   * @throws IllegalArgumentException when two steps are for the same director
   */
  CompletionStage<Commit> commit(List<Step> steps);

  /** Commits one step. */
  default CompletionStage<Change> commit(Step step) {
    return commit(List.of(step))
        .thenApply(
            commit ->
                commit instanceof Commit.Applied applied
                    ? applied.changes().get(0)
                    : ((Commit.Refused) commit).why());
  }
}
