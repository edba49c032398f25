package dev.usher.sidecar.director.change;

/** What became of a change of one director. */
public sealed interface Change {
  /** It is in force and kept, under this version. */
  record Applied(long version) implements Change {}

  /** Somebody else changed the director before; nothing was applied. */
  record Conflict(long currentVersion) implements Change {}

  /** The director has been removed. */
  record Gone() implements Change {}

  /** A director of that name exists. */
  record NameTaken() implements Change {}

  /** Another director answers for that host and port. */
  record EndpointTaken(String owner) implements Change {}

  /**
   * It could not be kept, and so was not applied.
   *
   * @param message for people to read
   */
  record NotKept(String message) implements Change {}
}
