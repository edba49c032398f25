package dev.usher.sidecar.director.change;

import dev.usher.sidecar.director.spec.DirectorSpec;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Keeps definitions beyond the end of the process. Never blocks its caller. [any] */
@FunctionalInterface
public interface Keeper {
  /** Keeps nothing, and says that all is well. */
  Keeper NONE = entries -> CompletableFuture.completedStage(new Kept.Done());

  /**
   * Keeps all of {@code entries} or none of them, in the order of the calls. Completes, on any
   * thread, when they would survive a {@code kill -9}.
   */
  CompletionStage<Kept> keep(List<Entry> entries);

  /** How it is with the keeping. */
  default Status status() {
    return Status.WELL;
  }

  /**
   * How it is with the keeping.
   *
   * @param kept changes that were kept since start
   * @param failed changes that could not be
   * @param failure why the last attempt failed, for people to read; null when it did not
   */
  record Status(long kept, long failed, @Nullable String failure) {
    public static final Status WELL = new Status(0, 0, null);

    public boolean isWell() {
      return failure == null;
    }
  }

  /** What is to be kept of one director. */
  sealed interface Entry {
    /** It is this from now on. */
    record Put(Definition definition) implements Entry {}

    /**
     * It is no more.
     *
     * @param written what the configuration file says of it; null when it is not in there
     */
    record Removed(String director, @Nullable DirectorSpec written) implements Entry {}
  }

  /** What became of it. */
  sealed interface Kept {
    record Done() implements Kept {}

    /**
     * Nothing of it is kept.
     *
     * @param message for people to read
     */
    record Failed(String message) implements Kept {}
  }
}
