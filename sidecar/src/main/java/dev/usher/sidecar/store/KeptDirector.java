package dev.usher.sidecar.store;

import dev.usher.sidecar.director.change.Definition;
import dev.usher.sidecar.director.spec.DirectorSpec;

/** What was kept of a director. */
sealed interface KeptDirector {
  /** It was there. */
  record Alive(Definition definition) implements KeptDirector {}

  /**
   * It was removed at runtime although the configuration file had it.
   *
   * @param written what the file said
   */
  record Removed(DirectorSpec written) implements KeptDirector {}
}
