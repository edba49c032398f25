package dev.usher.sidecar.store;

import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A file of values by key. [p] */
interface Records extends AutoCloseable {
  /** What is kept under a key; null for nothing. */
  byte @Nullable [] get(String key);

  /**
   * Puts values, null taking a key away: all of them or none, also over a {@code kill -9}, once
   * {@link #force} has returned.
   *
   * @throws IOException nothing of it was written
   */
  void write(Map<String, byte @Nullable []> changes) throws IOException;

  /** Makes what was written survive a crash of the machine. */
  void force() throws IOException;

  @Override
  void close();
}
