package dev.usher.sidecar.director;

/** What became of a change. */
public sealed interface Change {
  /** It is in force under this version. */
  record Applied(long version) implements Change {}

  /** Somebody else changed the director before; nothing was applied. */
  record Conflict(long currentVersion) implements Change {}

  /** The director has been removed. */
  record Gone() implements Change {}
}
