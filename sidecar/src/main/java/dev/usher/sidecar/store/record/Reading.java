package dev.usher.sidecar.store.record;

/** What the bytes of a record file say. */
public sealed interface Reading {
  /** There is no such file. */
  record Missing() implements Reading {}

  /** Nothing in it is a whole record: another program's file, an empty one, or all is damaged. */
  record Unreadable(String why) implements Reading {}

  /** A later version of Usher wrote it; to be left alone. */
  record TooNew(int version) implements Reading {}

  record Found(Contents contents) implements Reading {}
}
