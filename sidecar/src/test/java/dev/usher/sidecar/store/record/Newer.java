package dev.usher.sidecar.store.record;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** Envelopes of versions to come: what follows the prefix is theirs. */
public final class Newer {
  private Newer() {}

  public static byte[] envelope(int version) {
    ByteBuffer bytes = ByteBuffer.allocate(200).put(Envelope.MAGIC).putShort((short) version);
    CRC32C crc = new CRC32C();
    crc.update(bytes.array(), 0, 8);
    return bytes.putInt((int) crc.getValue()).array();
  }
}
