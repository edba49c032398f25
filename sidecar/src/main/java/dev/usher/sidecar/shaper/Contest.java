package dev.usher.sidecar.shaper;

import org.jspecify.annotations.Nullable;

/**
 * Who may have tokens, and who is first.
 *
 * <p>The order is a tournament from the leaves up: each node sends its champion to its parent,
 * where the champions of the sides meet. There they compare: own lender, depth of the lender,
 * priority, share of the two <em>sides</em>, age of the two champions. Comparing two leaves
 * directly (share where their paths part, then age) would not be an order: with a and b under main
 * and c beside it, b may come before a by share, a before c and c before b by age.
 */
final class Contest {
  private Contest() {}

  /**
   * Whether ceils hold on the whole path and, for a loan, what others keep stays free. Notes the
   * lender in the leaf.
   */
  static boolean fits(Leaf leaf, int cost) {
    if ((long) leaf.actual + cost > leaf.ceil) {
      return false;
    }
    boolean assured = leaf.actual + cost <= leaf.rate;
    int lender = assured ? leaf.depth : 0;
    long keptByOthers = 0;
    Node below = leaf;
    for (Bucket node = leaf.parent; node != null; node = node.parent) {
      long wouldHold = (long) node.actual + cost;
      keptByOthers += node.childrenKeep - below.kept;
      if (wouldHold > node.ceil || (!assured && wouldHold + keptByOthers > node.ceil)) {
        return false;
      }
      if (lender == 0 && wouldHold <= node.rate) {
        lender = node.depth;
      }
      below = node;
    }
    leaf.lenderDepth = lender;
    return true;
  }

  /** The leaf whose first waiter comes first of all below {@code bucket}; null when none fits. */
  static @Nullable Leaf champion(Bucket bucket) {
    if (bucket.actual >= bucket.ceil) {
      return null;
    }
    Leaf best = null;
    Node bestSide = bucket;
    for (int place = 0; place < bucket.sideCount(); place++) {
      Node side = bucket.side(place);
      Leaf leaf = side instanceof Bucket child ? champion(child) : ready((Leaf) side);
      if (leaf != null && (best == null || isBefore(side, leaf, bestSide, best))) {
        best = leaf;
        bestSide = side;
      }
    }
    return best;
  }

  private static @Nullable Leaf ready(Leaf leaf) {
    Waiter first = leaf.oldest;
    return first != null && fits(leaf, first.cost) ? leaf : null;
  }

  private static boolean isBefore(Node sideA, Leaf a, Node sideB, Leaf b) {
    if (a.isAssured() != b.isAssured()) {
      return a.isAssured();
    }
    if (!a.isAssured() && a.lenderDepth != b.lenderDepth) {
      return a.lenderDepth > b.lenderDepth;
    }
    int priority = a.bucket().spec.priority() - b.bucket().spec.priority();
    if (priority != 0) {
      return priority < 0;
    }
    int share = sideA.compareShare(sideB);
    return share != 0 ? share < 0 : ageOfFirst(a) < ageOfFirst(b);
  }

  private static long ageOfFirst(Leaf leaf) {
    return leaf.oldest == null ? Long.MAX_VALUE : leaf.oldest.age;
  }
}
