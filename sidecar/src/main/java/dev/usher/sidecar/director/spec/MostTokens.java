package dev.usher.sidecar.director.spec;

import dev.usher.sidecar.shaper.BucketSpec;
import dev.usher.unit.Share;

/**
 * The most tokens that a bucket may ever have, whatever the capacity; {@link #UNKNOWN} where the
 * capacity decides. Shares become tokens as in the shaper: a ceil is at least the rate, and what is
 * more than nothing is at least one.
 *
 * @param rate assured ones
 * @param ceil all
 */
record MostTokens(long rate, long ceil) {
  static final long UNKNOWN = Long.MAX_VALUE;

  /** Of the root. */
  static final MostTokens ROOT = new MostTokens(UNKNOWN, UNKNOWN);

  MostTokens ofChild(BucketSpec child) {
    long childRate = child.rate().isZero() ? 0 : Math.max(1, part(child.rate(), rate, 1));
    long top = part(child.ceil(), ceil, 0);
    boolean shut = child.ceil().isZero() || ceil == 0;
    return new MostTokens(childRate, Math.max(top, shut ? childRate : Math.max(1, childRate)));
  }

  /** Rounding may add {@code roundedUp}. */
  private static long part(Share share, long whole, int roundedUp) {
    if (share instanceof Share.Tokens tokens) {
      return Math.min(tokens.count(), whole);
    }
    if (whole == UNKNOWN) {
      return share.isZero() ? 0 : UNKNOWN;
    }
    long micros = ((Share.Percent) share).micros();
    return Math.min(whole, whole * micros / Share.Percent.MICROS_OF_ALL + roundedUp);
  }
}
