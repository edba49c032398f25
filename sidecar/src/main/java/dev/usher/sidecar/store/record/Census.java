package dev.usher.sidecar.store.record;

/**
 * How many records a file holds and, in one number, which version of each. Every envelope carries
 * the census after it; the newest one therefore tells whether all that was written before is still
 * there.
 *
 * @param records those that are there, removed ones not counted
 * @param digest sum of a fingerprint of each record's key and sequence number, modulo 2^64
 */
public record Census(int records, long digest) {
  public static final Census EMPTY = new Census(0, 0);

  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  public Census with(String key, long sequence) {
    return new Census(records + 1, digest + fingerprint(key, sequence));
  }

  public Census without(String key, long sequence) {
    return new Census(records - 1, digest - fingerprint(key, sequence));
  }

  /** FNV-1a of the key, and MurmurHash3's finalizer so that sums of neighbours do not meet. */
  private static long fingerprint(String key, long sequence) {
    long hash = FNV_OFFSET;
    for (int i = 0; i < key.length(); i++) {
      hash = (hash ^ key.charAt(i)) * FNV_PRIME;
    }
    return mix(hash ^ mix(sequence));
  }

  private static long mix(long value) {
    long x = (value ^ (value >>> 33)) * 0xff51afd7ed558ccdL;
    x = (x ^ (x >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return x ^ (x >>> 33);
  }
}
