package dev.usher.sidecar.director;

import dev.usher.sidecar.director.admission.Ask;
import dev.usher.sidecar.director.admission.Ticket;
import dev.usher.sidecar.director.change.Definition;
import dev.usher.sidecar.director.change.Memory;
import dev.usher.sidecar.director.view.DirectorView;
import dev.usher.sidecar.shaper.Explanation;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A director's handle: any thread posts, nobody waits. */
public interface Director {
  String name();

  /** What is in force. */
  Definition definition();

  /** Reads the state of the moment; never stops the director. */
  DirectorView view();

  /** What it would have to remember if the sidecar ended now. Never stops the director. */
  Memory memory();

  /**
   * Differs from what it was before when requests have come or the health of a backend has changed
   * since; costs next to nothing.
   */
  long activity();

  /** Asks for a backend and tokens; the answer comes to the ask's requester. */
  Ticket admit(Ask ask);

  /** Why the first waiter of {@code bucket} waits; completes with null for an unknown bucket. */
  CompletionStage<@Nullable Explanation> explain(String bucket);
}
