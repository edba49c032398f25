package dev.usher.sidecar.director.change;

import java.util.List;

/** What became of several steps that are applied together or not at all. */
public sealed interface Commit {
  /** All are in force and kept; what became of each, in the order of the steps. */
  record Applied(List<Change.Applied> changes) implements Commit {}

  /**
   * Nothing was applied.
   *
   * @param why never {@link Change.Applied}
   */
  record Refused(Step step, Change why) implements Commit {}
}
