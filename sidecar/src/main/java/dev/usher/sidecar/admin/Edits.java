package dev.usher.sidecar.admin;

import dev.usher.sidecar.admin.web.ApiError;
import dev.usher.sidecar.director.Change;
import dev.usher.sidecar.director.Director;
import dev.usher.sidecar.director.Director.Versioned;
import dev.usher.sidecar.director.DirectorSpec;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Puts changes in force, optimistically: computed here from the specification of the moment, and
 * computed again when somebody else was faster. Blocks its worker until the change is in force. [w]
 */
final class Edits {
  private static final int MOST_ATTEMPTS = 1_000;
  private static final long PATIENCE_SECONDS = 10;

  private Edits() {}

  /** Computes what shall be in force instead; throws when it is not to be made. */
  @FunctionalInterface
  interface Edit {
    DirectorSpec of(Versioned current);
  }

  /** Asks for a change of what is in force now; throws when it is not to be made. */
  @FunctionalInterface
  interface Attempt {
    Asked on(Versioned current);
  }

  /** A change that was asked for, and what is in force once it is made. */
  record Asked(DirectorSpec next, CompletionStage<Change> change) {}

  /** What was in force before a change, what is after it, and its version. */
  record Done(DirectorSpec before, DirectorSpec after, long version) {}

  /** Replaces the specification; one that stays the same keeps its version. */
  static Done edit(Director director, Edit edit) {
    return commit(
        director,
        current -> {
          DirectorSpec next = edit.of(current);
          return new Asked(
              next,
              next.equals(current.spec())
                  ? CompletableFuture.completedStage(new Change.Applied(current.version()))
                  : director.replace(next, current.version()));
        });
  }

  /**
   * Attempts until nobody else is faster.
   *
   * @throws ApiError when the director is gone
   */
  static Done commit(Director director, Attempt attempt) {
    for (int attempts = 0; attempts < MOST_ATTEMPTS; attempts++) {
      Versioned current = director.spec();
      Asked asked = attempt.on(current);
      Change change = await(asked.change());
      if (change instanceof Change.Applied applied) {
        return new Done(current.spec(), asked.next(), applied.version());
      }
      if (change instanceof Change.Gone) {
        throw ApiError.of(
            ApiError.Code.NOT_FOUND, "director '%s' was removed".formatted(director.name()));
      }
    }
    throw ApiError.of(
        ApiError.Code.CONFLICT,
        "director '%s' changes faster than this change can be made".formatted(director.name()));
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
