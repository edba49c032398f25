package dev.usher.sidecar.shaper;

import dev.usher.sidecar.shaper.Explanation.Holder;
import dev.usher.sidecar.shaper.Explanation.Limit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Says why the first waiter of a bucket waits: the first node from the bucket upwards that is at
 * its ceil, else the first whose free tokens others keep, else it can only be the backends.
 */
final class Explainer {
  private Explainer() {}

  static Explanation explain(Bucket bucket, Bucket root) {
    Leaf leaf = bucket.own;
    Waiter first = leaf.oldest;
    if (first == null) {
      return new Explanation(bucket.name(), 0, Limit.NONE, null, 0, 0, 0, List.of());
    }
    Bucket full = atCeil(leaf, first.cost);
    if (full != null) {
      return stoppedBy(leaf, Limit.CEIL, full, 0);
    }
    if (!Contest.fits(leaf, first.cost)) {
      long kept = 0;
      Node below = leaf;
      for (Bucket node = leaf.parent; node != null; node = node.parent) {
        kept += node.childrenKeep - below.kept;
        if (node.actual + first.cost + kept > node.ceil) {
          return stoppedBy(leaf, Limit.RESERVE, node, Math.toIntExact(kept));
        }
        below = node;
      }
    }
    return new Explanation(
        bucket.name(),
        leaf.waiting,
        Limit.BACKENDS,
        null,
        root.actual,
        root.ceil,
        0,
        holders(root));
  }

  private static @Nullable Bucket atCeil(Leaf leaf, int cost) {
    for (Bucket node = leaf.parent; node != null; node = node.parent) {
      if ((long) node.actual + cost > node.ceil) {
        return node;
      }
    }
    return null;
  }

  private static Explanation stoppedBy(Leaf leaf, Limit limit, Bucket node, int reserved) {
    return new Explanation(
        leaf.bucket().name(),
        leaf.waiting,
        limit,
        node.name(),
        node.actual,
        node.ceil,
        reserved,
        holders(node));
  }

  private static List<Holder> holders(Bucket node) {
    List<Holder> holders = new ArrayList<>();
    collect(node, holders);
    holders.sort(Comparator.comparingInt(Holder::tokens).reversed());
    return List.copyOf(holders);
  }

  private static void collect(Bucket node, List<Holder> holders) {
    if (node.own.actual > 0) {
      holders.add(new Holder(node.name(), node.own.actual));
    }
    for (Bucket child : node.children) {
      collect(child, holders);
    }
  }
}
