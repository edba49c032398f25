package dev.usher.sidecar.shaper;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why the first waiter of a bucket waits.
 *
 * @param waiting waiters of the bucket
 * @param limit what stops the first of them
 * @param limitingBucket the node that has no room for it; null when nothing waits or no backend has
 *     room
 * @param holders who holds the limiting node's tokens, most first
 */
public record Explanation(
    String bucket,
    int waiting,
    Limit limit,
    @Nullable String limitingBucket,
    int limitingActual,
    int limitingCeil,
    int limitingReserved,
    List<Holder> holders) {

  /** What stops a waiter. */
  public enum Limit {
    /** Nothing waits. */
    NONE,
    /** The limiting node is at its ceil. */
    CEIL,
    /** What is free in the limiting node is kept for buckets that do not lend it. */
    RESERVE,
    /** There are tokens, but every backend is at its capacity. */
    BACKENDS
  }

  /** A bucket that holds tokens of the limiting node. */
  public record Holder(String bucket, int tokens) {}
}
