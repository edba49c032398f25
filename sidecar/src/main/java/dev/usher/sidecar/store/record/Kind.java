package dev.usher.sidecar.store.record;

import org.jspecify.annotations.Nullable;

/** What an envelope holds. Codes are for ever. */
public enum Kind {
  /** A version of a record. */
  VALUE(1),
  /** That a record is gone; no payload. */
  TOMBSTONE(2),
  /** Several changes that count as one ({@link Batch}); no key. */
  BATCH(3),
  /** A census that was forced to the disk, and the file's {@link Usage}; no key. */
  WITNESS(4);

  private static final Kind[] ALL = values();

  private final int code;

  Kind(int code) {
    this.code = code;
  }

  byte code() {
    return (byte) code;
  }

  static @Nullable Kind of(byte code) {
    return code >= 1 && code <= ALL.length ? ALL[code - 1] : null;
  }
}
