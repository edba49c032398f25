package dev.usher.it.harness;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Takes a body of any size: counts it, digests it and keeps its beginning. One writer. */
public final class Digest extends OutputStream {
  private static final int KEPT = 1 << 20;

  private final MessageDigest sha;
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private volatile long count;

  public Digest() {
    try {
      sha = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
  public void write(byte[] bytes, int offset, int length) {
    sha.update(bytes, offset, length);
    kept.write(bytes, offset, Math.min(length, KEPT - Math.min(KEPT, kept.size())));
    count += length;
  }

  /** Bytes so far; any thread may ask. */
  public long count() {
    return count;
  }

  /** SHA-256 of all bytes; ends the digest, so only once and after the last byte. */
  public String hex() {
    return HexFormat.of().formatHex(sha.digest());
  }

  /** The first mebibyte at most. */
  public byte[] beginning() {
    return kept.toByteArray();
  }
}
