package dev.usher.sidecar.store.record;

import java.nio.ByteBuffer;

/**
 * How full a record file is.
 *
 * @param usedEntries entries of the map: two slots for each record, and the file's own
 * @param entryCapacity entries that it was made for
 * @param usedBytes of the space for entries
 * @param byteCapacity the space for entries
 */
public record Usage(long usedEntries, long entryCapacity, long usedBytes, long byteCapacity) {
  private static final int BYTES = 32;

  /** The fuller of both, 0 to 1. */
  public double fill() {
    return Math.max((double) usedEntries / entryCapacity, (double) usedBytes / byteCapacity);
  }

  /** As a witness carries it; always as long. */
  public byte[] encode() {
    return ByteBuffer.allocate(BYTES)
        .putLong(usedEntries)
        .putLong(entryCapacity)
        .putLong(usedBytes)
        .putLong(byteCapacity)
        .array();
  }

  static Usage decode(byte[] payload) {
    ByteBuffer bytes = ByteBuffer.wrap(payload);
    return new Usage(bytes.getLong(), bytes.getLong(), bytes.getLong(), bytes.getLong());
  }
}
