package dev.usher.sidecar.store.record;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Bytes by position, as a file has them. */
interface Bytes {
  /**
   * The bytes from {@code position}: {@code length} of them, or as many as there are. Big-endian,
   * valid until the next call.
   */
  ByteBuffer at(long position, int length) throws IOException;
}
