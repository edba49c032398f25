package dev.usher.sidecar.stats;

/**
 * How long requests waited, as a {@link WaitHistogram} saw it.
 *
 * @param count waits recorded, those of zero length included
 * @param p50Nanos half of the waits were this long or shorter; within 1/32 of the exact value
 * @param p99Nanos likewise for 99 of 100
 * @param maxNanos the longest, exact
 * @param totalNanos sum of all, exact
 */
public record Wait(long count, long p50Nanos, long p99Nanos, long maxNanos, long totalNanos) {
  public static final Wait NONE = new Wait(0, 0, 0, 0, 0);
}
