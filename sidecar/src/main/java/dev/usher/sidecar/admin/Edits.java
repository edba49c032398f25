package dev.usher.sidecar.admin;

import dev.usher.sidecar.admin.web.ApiError;
import dev.usher.sidecar.director.Change;
import dev.usher.sidecar.director.Definition;
import dev.usher.sidecar.director.Director;
import dev.usher.sidecar.director.DirectorSpec;
import dev.usher.sidecar.director.Directors;
import dev.usher.sidecar.director.Step;
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

  private final Directors directors;

  Edits(Directors directors) {
    this.directors = directors;
  }

  /** Computes what shall be in force instead; throws when it is not to be made. */
  @FunctionalInterface
  interface Edit {
    DirectorSpec of(Definition current);
  }

  /** Computes a change of what is in force now; throws when it is not to be made. */
  @FunctionalInterface
  interface Attempt {
    Step on(Definition current);
  }

  /** What was in force before a change, what is after it, and its version. */
  record Done(DirectorSpec before, DirectorSpec after, long version) {}

  /** Replaces the specification; one that stays the same keeps its version. */
  Done edit(Director director, Edit edit) {
    return commit(director, current -> new Step.Replace(edit.of(current), current.version()));
  }

  /**
   * Attempts until nobody else is faster.
   *
   * @throws ApiError when the director is gone, or the change cannot be kept
   */
  Done commit(Director director, Attempt attempt) {
    for (int attempts = 0; attempts < MOST_ATTEMPTS; attempts++) {
      Definition current = director.definition();
      Step step = attempt.on(current);
      Change change = await(directors.commit(step));
      if (change instanceof Change.Applied applied) {
        DirectorSpec after = step instanceof Step.Replace replace ? replace.next() : current.spec();
        return new Done(current.spec(), after, applied.version());
      }
      if (!(change instanceof Change.Conflict)) {
        throw refused(director.name(), change);
      }
    }
    throw ApiError.of(
        ApiError.Code.CONFLICT,
        "director '%s' changes faster than this change can be made".formatted(director.name()));
  }

  /** A change that was not applied, but for a conflict, as an error. */
  static ApiError refused(String director, Change change) {
    if (change instanceof Change.NotKept notKept) {
      return ApiError.of(ApiError.Code.NOT_KEPT, "the change was not made: " + notKept.message());
    }
    if (change instanceof Change.EndpointTaken taken) {
      return ApiError.of(
          ApiError.Code.NAME_TAKEN,
          "hostname: director '%s' answers for this host and port".formatted(taken.owner()),
          "hostname");
    }
    return change instanceof Change.NameTaken
        ? ApiError.of(
            ApiError.Code.NAME_TAKEN, "there is a director '%s'".formatted(director), "name")
        : ApiError.of(ApiError.Code.NOT_FOUND, "director '%s' was removed".formatted(director));
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
