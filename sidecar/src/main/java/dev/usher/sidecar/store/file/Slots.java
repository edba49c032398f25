package dev.usher.sidecar.store.file;

/**
 * The two slots of a key, written in turn.
 *
 * <p>Mutable, owned by its {@link SlotTable}.
 */
final class Slots {
  /** The slot that holds the newest version; the other one is next. */
  private int newest = 1;

  private final long[] chunks = new long[2];
  private long sequence;
  private boolean live;

  int next() {
    return 1 - newest;
  }

  /** What the next slot takes now, 0 if it was never written. */
  long nextChunks() {
    return chunks[next()];
  }

  /** Of the newest version. */
  long sequence() {
    return sequence;
  }

  /** Whether the newest version is a payload. */
  boolean isLive() {
    return live;
  }

  void written(long itsSequence, long itsChunks, boolean isLive) {
    newest = next();
    chunks[newest] = itsChunks;
    sequence = itsSequence;
    live = isLive;
  }
}
