package dev.usher.sidecar.shaper;

import dev.usher.bucket.BucketName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The buckets by name, and how a whole new tree takes the place of the old one. */
final class Tree {
  final Bucket root = new Bucket(BucketSpec.root(List.of()));
  private Map<String, Bucket> byName = Map.of(BucketName.ROOT, root);

  @Nullable Bucket find(String name) {
    return byName.get(name);
  }

  /**
   * Rebuilds the tree. What bears the same name stays the same bucket, wherever it is now; a bucket
   * that is no more leaves tokens and waiters to the nearest of its former parents that lives.
   * Nothing is changed when the names are wrong.
   */
  void reshape(List<BucketSpec> specs) {
    Map<String, BucketSpec> wanted = new LinkedHashMap<>();
    collect(specs, wanted);
    List<Bucket> removed = new ArrayList<>();
    for (Bucket bucket : byName.values()) {
      if (bucket != root && !wanted.containsKey(bucket.name())) {
        bucket.successor = nearestLiving(bucket, wanted);
        removed.add(bucket);
      }
    }
    Map<String, Bucket> next = new HashMap<>();
    next.put(BucketName.ROOT, root);
    root.spec = BucketSpec.root(specs);
    root.children = place(root, specs, next);
    for (Bucket bucket : removed) {
      bucket.live().own.inherit(bucket.own);
      bucket.parent = null;
      bucket.children = List.of();
      bucket.sides.clear();
    }
    byName = next;
  }

  private static void collect(List<BucketSpec> specs, Map<String, BucketSpec> byName) {
    for (BucketSpec spec : specs) {
      if (spec.name().equals(BucketName.ROOT) || byName.put(spec.name(), spec) != null) {
        throw new IllegalArgumentException(
            "buckets: want each name once, got '" + spec.name() + "'");
      }
      collect(spec.buckets(), byName);
    }
  }

  private Bucket nearestLiving(Bucket bucket, Map<String, BucketSpec> wanted) {
    for (Bucket up = bucket.parent; up != null; up = up.parent) {
      if (wanted.containsKey(up.name())) {
        return up;
      }
    }
    return root;
  }

  private List<Bucket> place(Bucket parent, List<BucketSpec> specs, Map<String, Bucket> next) {
    List<Bucket> children = new ArrayList<>(specs.size());
    for (BucketSpec spec : specs) {
      Bucket known = byName.get(spec.name());
      Bucket bucket = known == null ? new Bucket(spec) : known;
      bucket.spec = spec;
      bucket.parent = parent;
      bucket.children = place(bucket, spec.buckets(), next);
      next.put(spec.name(), bucket);
      children.add(bucket);
    }
    return List.copyOf(children);
  }

  /** Computes rates, ceils and all sums anew from what the leaves hold and who waits in them. */
  void recount(int capacity) {
    Rates.resolve(root, capacity);
    recount(root);
  }

  private static void recount(Bucket bucket) {
    Leaf own = bucket.own;
    bucket.sides.clear();
    bucket.actual = own.actual;
    bucket.waiting = own.waiting;
    bucket.childrenKeep = 0;
    placeAnew(bucket, own);
    for (Bucket child : bucket.children) {
      recount(child);
      placeAnew(bucket, child);
      bucket.actual += child.actual;
      bucket.waiting += child.waiting;
      bucket.childrenKeep += child.kept;
    }
    bucket.kept = bucket.keptNow();
  }

  private static void placeAnew(Bucket bucket, Node side) {
    side.place = Node.NOT_WAITING;
    side.refresh();
    bucket.sides.update(side);
  }

  /** Waiters more (or, negative, fewer) on the path above the leaf. */
  static void wait(Leaf leaf, int waiters) {
    for (Bucket node = leaf.parent; node != null; node = node.parent) {
      node.waiting += waiters;
    }
  }

  /** Finds the champions of a path anew, after tokens or waiters of its leaf have changed. */
  static void settle(Leaf leaf) {
    Node side = leaf;
    for (Bucket parent = leaf.parent; parent != null; parent = parent.parent) {
      side.refresh();
      parent.sides.update(side);
      side = parent;
    }
  }

  /** Tokens taken (or, negative, given back) on the whole path. */
  static void hold(Leaf leaf, int tokens) {
    leaf.actual += tokens;
    leaf.tally.add(Tally.Count.HELD, tokens);
    int moreKept = 0;
    for (Bucket node = leaf.parent; node != null; node = node.parent) {
      node.actual += tokens;
      node.childrenKeep += moreKept;
      moreKept = -node.kept;
      node.kept = node.keptNow();
      moreKept += node.kept;
    }
  }
}
