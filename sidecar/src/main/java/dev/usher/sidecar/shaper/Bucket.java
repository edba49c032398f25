package dev.usher.sidecar.shaper;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A live bucket of one {@link Shaper}: it stays the same object when the tree around it, its place
 * or its specification changes. Belongs to the strand; other threads read {@link BucketView}.
 */
public final class Bucket extends Node {
  private static final Node[] NOBODY = {};

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

  private Node[] sides = NOBODY;
  private int sideCount;

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

  Bucket live() {
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

  /** Children, and the leaf, under which someone waits; in no order. */
  int sideCount() {
    return sideCount;
  }

  Node side(int place) {
    return sides[place];
  }

  void addSide(Node side) {
    if (sideCount == sides.length) {
      sides = Arrays.copyOf(sides, Math.max(4, 2 * sideCount));
    }
    side.place = sideCount;
    sides[sideCount++] = side;
  }

  void removeSide(Node side) {
    Node last = sides[--sideCount];
    sides[side.place] = last;
    last.place = side.place;
    side.place = NOT_WAITING;
  }

  void clearSides() {
    Arrays.fill(sides, 0, sideCount, own);
    sideCount = 0;
    sides = NOBODY;
  }

  @Override
  public String toString() {
    return name;
  }
}
