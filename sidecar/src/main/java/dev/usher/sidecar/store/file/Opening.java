package dev.usher.sidecar.store.file;

/** How opening a record file ended. */
public sealed interface Opening {
  /** It can be used, whatever was wrong with it before. */
  record Opened(RecordFile file, Recovery recovery) implements Opening {}

  /** A later version of Usher wrote it; nothing was touched. */
  record TooNew(int version) implements Opening {}
}
