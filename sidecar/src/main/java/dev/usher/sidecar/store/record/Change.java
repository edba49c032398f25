package dev.usher.sidecar.store.record;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A record gets a new payload, or goes. */
public final class Change {
  public static final int MAX_KEY_BYTES = 4096;
  public static final int MAX_PAYLOAD_BYTES = 64 << 20;

  private final String key;
  private final byte @Nullable [] payload;

  private Change(String key, byte @Nullable [] payload) {
    this.key = checked(key);
    this.payload = payload;
  }

  /**
   * A new payload for a record, or a new record.
   *
   * @param key 1 to {@link #MAX_KEY_BYTES} bytes in UTF-8
   * @param payload up to {@link #MAX_PAYLOAD_BYTES}; not copied
   */
  public static Change put(String key, byte[] payload) {
    if (payload.length > MAX_PAYLOAD_BYTES) {
      throw new IllegalArgumentException(
          "payload: want at most %d bytes, got %d".formatted(MAX_PAYLOAD_BYTES, payload.length));
    }
    return new Change(key, payload);
  }

  public static Change remove(String key) {
    return new Change(key, null);
  }

  public String key() {
    return key;
  }

  /** What the record becomes; null if it goes. */
  public byte @Nullable [] payload() {
    return payload;
  }

  private static String checked(String key) {
    byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
    if (bytes.length == 0 || bytes.length > MAX_KEY_BYTES) {
      throw new IllegalArgumentException(
          "key: want 1 to %d bytes in UTF-8, got %d".formatted(MAX_KEY_BYTES, bytes.length));
    }
    if (!new String(bytes, StandardCharsets.UTF_8).equals(key)) {
      throw new IllegalArgumentException("key: want text in UTF-8, got half of a surrogate pair");
    }
    return key;
  }
}
