package dev.usher.sidecar.director.core;

import dev.usher.sidecar.director.change.Change;
import dev.usher.sidecar.director.change.Definition;

/** What a director says to a change before it is kept and applied. */
public sealed interface Preparation {
  /**
   * It can be applied; the director waits for that, or to be told that it will not be.
   *
   * @param next what to keep, and then to put in force
   * @param changes whether that differs from what is in force
   * @param unkept whether it has to be kept
   */
  record Ready(Definition next, boolean changes, boolean unkept) implements Preparation {}

  /** It cannot. */
  record Refused(Change why) implements Preparation {}
}
