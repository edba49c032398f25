package dev.usher.sidecar.admin;

import dev.usher.sidecar.admin.amend.Amendment;
import dev.usher.sidecar.admin.amend.Draft;
import dev.usher.sidecar.admin.amend.Endpoints;
import dev.usher.sidecar.admin.transaction.Plan;
import dev.usher.sidecar.admin.web.ApiError;
import dev.usher.sidecar.director.Director;
import dev.usher.sidecar.director.Directors;
import dev.usher.sidecar.director.change.Change;
import dev.usher.sidecar.director.change.Commit;
import dev.usher.sidecar.director.change.Step;
import dev.usher.sidecar.director.endpoint.Endpoint;
import dev.usher.sidecar.director.spec.DirectorSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Puts changes in force, optimistically: computed here from the specification of the moment, and
 * computed again when somebody else was faster. Blocks its worker until the change is in force. [w]
 */
final class Edits implements Plan.InForce {
  private static final int MOST_ATTEMPTS = 1_000;
  private static final long PATIENCE_SECONDS = 10;

  private final Directors directors;

  Edits(Directors directors) {
    this.directors = directors;
  }

  /**
   * A draft that is in force.
   *
   * @param version of what is in force now; the last one of a director that was removed
   */
  record Done(Draft draft, long version) {
    /** Whether there was a director. */
    boolean existed() {
      return draft.before() != null;
    }

    /** Whether there is a director now. */
    boolean isLeft() {
      return draft.isThere();
    }

    /** What was in force; only where a director existed. */
    DirectorSpec before() {
      return Objects.requireNonNull(draft.before(), draft.name()).spec();
    }

    /** What is in force; only where a director is left. */
    DirectorSpec after() {
      return draft.existing().spec();
    }
  }

  /** The director as it is, or is not. */
  @Override
  public Draft draft(String director) {
    return Draft.of(director, directors.find(director));
  }

  @Override
  public @Nullable String owner(Endpoint endpoint) {
    Director owner = directors.find(endpoint);
    return owner == null ? null : owner.name();
  }

  /** Makes one change; a specification that stays the same keeps its version. */
  Done make(String director, Amendment amendment) {
    return commit(() -> List.of(amendment.of(draft(director)))).get(0);
  }

  /**
   * Attempts until nobody else is faster; the drafts of an attempt are put in force together or not
   * at all, and nothing is done for those that change nothing.
   *
   * @throws ApiError when the change cannot be kept
   */
  List<Done> commit(Supplier<List<Draft>> attempt) {
    for (int attempts = 0; attempts < MOST_ATTEMPTS; attempts++) {
      List<Draft> drafts = attempt.get();
      List<Step> steps = drafts.stream().map(Draft::step).filter(Objects::nonNull).toList();
      Commit commit = await(directors.commit(steps));
      if (commit instanceof Commit.Applied applied) {
        return done(drafts, applied.changes());
      }
      Commit.Refused refused = (Commit.Refused) commit;
      if (!isLate(refused.why())) {
        throw refused(refused.step().director(), refused.why());
      }
    }
    throw ApiError.of(
        ApiError.Code.CONFLICT, "the directors change faster than this change can be made");
  }

  private static List<Done> done(List<Draft> drafts, List<Change.Applied> changes) {
    List<Done> done = new ArrayList<>();
    int next = 0;
    for (Draft draft : drafts) {
      done.add(new Done(draft, draft.step() == null ? 0 : changes.get(next++).version()));
    }
    return done;
  }

  /** Whether somebody was faster, so that another attempt finds something else. */
  private static boolean isLate(Change change) {
    return change instanceof Change.Conflict
        || change instanceof Change.Gone
        || change instanceof Change.NameTaken;
  }

  private static ApiError refused(String director, Change change) {
    if (change instanceof Change.EndpointTaken taken) {
      return Endpoints.taken(taken.owner());
    }
    return change instanceof Change.NotKept notKept
        ? ApiError.of(ApiError.Code.NOT_KEPT, "the change was not made: " + notKept.message())
        : ApiError.of(ApiError.Code.CONFLICT, "director '%s': %s".formatted(director, change));
  }

  /** Waits for a director's answer. */
  static <T extends @Nullable Object> T await(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException("a director failed", e);
    } catch (TimeoutException e) {
      throw new IllegalStateException("a director did not answer; the change may be in force", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted; the change may be in force", e);
    }
  }
}
