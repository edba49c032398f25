package dev.usher.sidecar.director;

import dev.usher.sidecar.shaper.Explanation;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A director's handle: any thread posts, nobody waits. */
public interface Director {
  String name();

  /** The specification in force and its version. */
  Versioned spec();

  /** Reads the state of the moment; never stops the director. */
  DirectorView view();

  /** Asks for a backend and tokens; the answer comes to the ask's requester. */
  Ticket admit(Ask ask);

  /**
   * Puts {@code next} (same name) in force if the version still is {@code expectedVersion}; waiters
   * and running requests live on. Waiters of a removed bucket move to its parent.
   */
  CompletionStage<Change> replace(DirectorSpec next, long expectedVersion);

  /**
   * Takes a backend out of service: role terminating now, removed when its last request has ended
   * ({@code cutNow}: its requests are broken off and it is removed at once).
   */
  CompletionStage<Change> removeBackend(String backend, boolean cutNow, long expectedVersion);

  /** Why the first waiter of {@code bucket} waits; completes with null for an unknown bucket. */
  CompletionStage<@Nullable Explanation> explain(String bucket);

  /** A specification with its version. */
  record Versioned(DirectorSpec spec, long version) {}
}
