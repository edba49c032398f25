package dev.usher.sidecar.store.record;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Several changes in one payload: whole or not there. The batch with sequence number {@code s}
 * holds the versions {@code s + 1}, {@code s + 2} and so on; each is then written by itself too, so
 * that the batch may go. Holds keys and payloads as they are, no envelopes: a torn batch must not
 * look like whole records.
 */
public final class Batch {
  /** A length that no payload has: the record goes. */
  private static final int GONE = -1;

  private static final int LENGTHS_BYTES = 8;

  private Batch() {}

  /** Bytes that {@link #encode} makes, which may be more than an envelope takes. */
  public static long encodedBytes(List<Change> changes) {
    long bytes = 0;
    for (Change change : changes) {
      byte[] payload = change.payload();
      bytes +=
          LENGTHS_BYTES
              + change.key().getBytes(StandardCharsets.UTF_8).length
              + (payload == null ? 0 : payload.length);
    }
    return bytes;
  }

  public static byte[] encode(List<Change> changes) {
    ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(encodedBytes(changes)));
    for (Change change : changes) {
      byte[] key = change.key().getBytes(StandardCharsets.UTF_8);
      byte[] payload = change.payload();
      bytes.putInt(key.length).putInt(payload == null ? GONE : payload.length).put(key);
      if (payload != null) {
        bytes.put(payload);
      }
    }
    return bytes.array();
  }

  /** Takes what {@link #encode} made; its envelope's checksum vouches for it. */
  static List<Change> decode(byte[] payload) {
    List<Change> changes = new ArrayList<>();
    ByteBuffer bytes = ByteBuffer.wrap(payload);
    while (bytes.hasRemaining()) {
      byte[] key = new byte[bytes.getInt()];
      int length = bytes.getInt();
      bytes.get(key);
      String name = new String(key, StandardCharsets.UTF_8);
      if (length == GONE) {
        changes.add(Change.remove(name));
      } else {
        byte[] value = new byte[length];
        bytes.get(value);
        changes.add(Change.put(name, value));
      }
    }
    return changes;
  }
}
