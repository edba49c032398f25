package dev.usher.sidecar.shaper;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A live bucket of one {@link Shaper}: it stays the same object when the tree around it, its place
 * or its specification changes. Belongs to the strand; other threads read {@link BucketView}.
 */
public final class Bucket extends Node {
  private final String name;
  final Leaf own = new Leaf(this);
  BucketSpec spec;
  List<Bucket> children = List.of();
  boolean oversubscribed;

  /** Most tokens it keeps for itself: what {@code lend} leaves of the rate, rounded up. */
  int reserve;

  /** Sum of what its children keep. */
  int childrenKeep;

  /** Who took over its tokens and waiters; null while it lives. */
  @Nullable Bucket successor;

  final Sides sides = new Sides();

  Bucket(BucketSpec spec) {
    this.name = spec.name();
    this.spec = spec;
  }

  public String name() {
    return name;
  }

  public BucketSpec spec() {
    return spec;
  }

  /** Whether the tree has it no more; it then stands for the bucket that took over. */
  public boolean isRemoved() {
    return successor != null;
  }

  /** Itself; once it was removed, the one that took over. */
  public Bucket live() {
    Bucket bucket = this;
    while (bucket.successor != null) {
      bucket = bucket.successor;
    }
    return bucket;
  }

  /** What it keeps: its own reserve, or what its children keep, whichever is more. */
  int keptNow() {
    return Math.max(Math.min(Math.max(0, rate - actual), reserve), childrenKeep);
  }

  /** Its champion is that of its first side, if it has room for it. */
  @Override
  void refresh() {
    Node first = sides.size() == 0 ? own : sides.get(0);
    Leaf leaf = first.champion;
    Waiter waiter = leaf == null ? null : leaf.oldest;
    if (waiter == null || (long) actual + waiter.cost > ceil) {
      champion = null;
      return;
    }
    champion = leaf;
    lender = first.lender == 0 && (long) actual + waiter.cost <= rate ? depth : first.lender;
  }

  @Override
  public String toString() {
    return name;
  }
}
