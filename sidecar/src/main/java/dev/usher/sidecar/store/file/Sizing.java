package dev.usher.sidecar.store.file;

/**
 * How large a map is made. Four times of what is in it: two slots for each record fill half of
 * that, and the rest is for growing.
 *
 * @param entries of the map
 * @param chunks pieces of {@link #CHUNK_BYTES} that entries are made of
 */
record Sizing(long entries, long chunks) {
  static final int CHUNK_BYTES = 64;

  private static final int HEADROOM = 4;
  private static final int MIN_ENTRIES = 1024;
  private static final int MIN_CHUNKS = 4096;

  /** Of the index, at most, for each entry; and of header, counters and so on. */
  private static final int INDEX_BYTES = 32;

  private static final int FIXED_BYTES = 1 << 16;

  /** What Chronicle Map adds to key and value: their lengths and a checksum. */
  private static final int ENTRY_OVERHEAD_BYTES = 16;

  /**
   * @param entries that it will hold at first, one for each record
   * @param chunks of these
   */
  static Sizing forContent(long entries, long chunks) {
    return new Sizing(
        Math.max(MIN_ENTRIES, HEADROOM * entries), Math.max(MIN_CHUNKS, HEADROOM * chunks));
  }

  /** About what the file takes. */
  long bytes() {
    return chunks * CHUNK_BYTES + entries * INDEX_BYTES + FIXED_BYTES;
  }

  /** Chunks that an entry takes. */
  static long chunks(int keyBytes, long valueBytes) {
    long bytes = keyBytes + valueBytes + ENTRY_OVERHEAD_BYTES;
    return (bytes + CHUNK_BYTES - 1) / CHUNK_BYTES;
  }
}
