package dev.usher.sidecar.shaper;

import org.jspecify.annotations.Nullable;

/**
 * What a {@link Bucket} and the {@link Leaf} with its own requests have in common: a place in the
 * tree, limits and tokens held. All of it belongs to the strand.
 */
abstract sealed class Node permits Bucket, Leaf {
  static final int NOT_WAITING = -1;

  /** Null for the root only. */
  @Nullable Bucket parent;

  /** The root has 0. */
  int depth;

  int rate;
  int ceil;
  long weight = 1;

  /** Tokens held by it and all below. */
  int actual;

  /** Tokens that no loan to others may take; a leaf's are kept by its bucket. */
  int kept;

  /** Waiters of it and all below. */
  int waiting;

  /** Place among the sides of the parent where someone waits. */
  int place = NOT_WAITING;

  /** Whose first waiter comes first here, as far as one can tell from here; null: none has room. */
  @Nullable Leaf champion;

  /** Depth of who lends to the champion; 0 when that is not in here. */
  int lender;

  /** Finds champion and lender anew from what is right below. */
  abstract void refresh();

  /** Loans held for the weight it has, compared exactly: negative when this has less than other. */
  final int compareShare(Node other) {
    return Long.compare(
        ((long) actual - rate) * other.weight, ((long) other.actual - other.rate) * weight);
  }
}
