package dev.usher.sidecar.shaper;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Who may have tokens, and who is first.
 *
 * <p>The order is a tournament from the leaves up: each node sends its champion to its parent,
 * where the champions of the sides meet. There they compare: own lender, depth of the lender,
 * priority, share of the two <em>sides</em>, age of the two champions. Comparing two leaves
 * directly (share where their paths part, then age) would not be an order: with a and b under main
 * and c beside it, b may come before a by share, a before c and c before b by age.
 *
 * <p>Each bucket remembers the champions of its sides in a heap, found by looking at what is below
 * it only. While all waiters cost the same and nobody keeps a reserve, that is the true order: what
 * lies above two sides admits, lends to or stops both alike. Otherwise it looks at all who wait:
 * one who does not fit for what lies above must not stand in another's way, even by losing to a
 * third.
 */
final class Contest {
  /** As long as the highest cost that has waited needs; nearly always that is 1. */
  private int[] waitersByCost = new int[2];

  private int costsThatWait;

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

  /** The leaf whose first waiter comes first of all; null when none fits. */
  @Nullable Leaf champion(Bucket root) {
    if (root.waiting == 0 || root.actual >= root.ceil) {
      return null;
    }
    if (costsThatWait > 1 || root.childrenKeep > 0) {
      return scan(root);
    }
    Leaf leaf = root.sides.get(0).champion;
    return leaf != null && isReady(leaf) ? leaf : null;
  }

  /** Looks at all who wait. */
  private static @Nullable Leaf scan(Bucket bucket) {
    if (bucket.actual >= bucket.ceil) {
      return null;
    }
    Leaf best = null;
    Node bestSide = bucket;
    for (int place = 0; place < bucket.sides.size(); place++) {
      Node side = bucket.sides.get(place);
      Leaf leaf = side instanceof Bucket child ? scan(child) : (Leaf) side;
      if (leaf != null
          && (leaf != side || isReady(leaf))
          && (best == null
              || isBefore(side, leaf, leaf.lenderDepth, bestSide, best, best.lenderDepth))) {
        best = leaf;
        bestSide = side;
      }
    }
    return best;
  }

  private static boolean isReady(Leaf leaf) {
    Waiter first = leaf.oldest;
    return first != null && fits(leaf, first.cost);
  }

  /** Orders two sides of one bucket by their champions; a side without one comes last. */
  static boolean isBefore(Node a, Node b) {
    Leaf leafA = a.champion;
    Leaf leafB = b.champion;
    if (leafA == null || leafB == null) {
      return leafA != null;
    }
    return isBefore(a, leafA, a.lender, b, leafB, b.lender);
  }

  private static boolean isBefore(
      Node sideA, Leaf a, int lenderA, Node sideB, Leaf b, int lenderB) {
    boolean assured = lenderA == a.depth;
    if (assured != (lenderB == b.depth)) {
      return assured;
    }
    if (!assured && lenderA != lenderB) {
      return lenderA > lenderB;
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

  /** Counts waiters by what they cost. */
  void came(int cost) {
    if (cost >= waitersByCost.length) {
      waitersByCost = Arrays.copyOf(waitersByCost, cost + 1);
    }
    if (waitersByCost[cost]++ == 0) {
      costsThatWait++;
    }
  }

  void left(int cost) {
    if (--waitersByCost[cost] == 0) {
      costsThatWait--;
    }
  }
}
