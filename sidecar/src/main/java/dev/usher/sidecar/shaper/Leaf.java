package dev.usher.sidecar.shaper;

import dev.usher.sidecar.shaper.Tally.Count;
import org.jspecify.annotations.Nullable;

/**
 * The requests of one bucket itself, as one more child of it, assured what the bucket has not
 * promised to its children. Keeps them in a queue, oldest first.
 */
final class Leaf extends Node {
  final Tally tally = new Tally();
  private final Bucket bucket;
  @Nullable Waiter oldest;

  /** Who would lend to the waiter that was looked at last; {@link Contest} writes and reads it. */
  int lenderDepth;

  private @Nullable Waiter youngest;

  Leaf(Bucket bucket) {
    this.bucket = bucket;
    this.parent = bucket;
  }

  /** Whether it is its own lender. */
  boolean isAssured() {
    return lenderDepth == depth;
  }

  Bucket bucket() {
    return bucket;
  }

  @Override
  void refresh() {
    Waiter first = oldest;
    champion = first != null && (long) actual + first.cost <= ceil ? this : null;
    lender = first != null && (long) actual + first.cost <= rate ? depth : 0;
  }

  /** Puts a waiter in by age: a new one at the end, a retried one usually near the head. */
  void insert(Waiter waiter) {
    Waiter after = youngest;
    if (after != null && after.age > waiter.age) {
      after = null;
      for (Waiter w = oldest; w != null && w.age < waiter.age; w = w.younger) {
        after = w;
      }
    }
    link(after, waiter);
  }

  void remove(Waiter waiter) {
    Waiter before = waiter.older;
    Waiter after = waiter.younger;
    if (before == null) {
      oldest = after;
    } else {
      before.younger = after;
    }
    if (after == null) {
      youngest = before;
    } else {
      after.older = before;
    }
    waiter.older = null;
    waiter.younger = null;
    waiting--;
    tally.add(Count.WAITING, -1);
  }

  /** Takes over tokens and waiters of a bucket that is no more, the waiters in by age. */
  void inherit(Leaf gone) {
    actual += gone.actual;
    tally.add(Count.HELD, gone.actual);
    gone.tally.add(Count.HELD, -gone.actual);
    gone.actual = 0;
    Waiter after = null;
    for (Waiter w = gone.oldest; w != null; w = gone.oldest) {
      gone.remove(w);
      for (Waiter next = after == null ? oldest : after.younger;
          next != null && next.age < w.age;
          next = next.younger) {
        after = next;
      }
      link(after, w);
      w.leaf = this;
      after = w;
    }
  }

  private void link(@Nullable Waiter before, Waiter waiter) {
    Waiter after = before == null ? oldest : before.younger;
    waiter.older = before;
    waiter.younger = after;
    if (before == null) {
      oldest = waiter;
    } else {
      before.younger = waiter;
    }
    if (after == null) {
      youngest = waiter;
    } else {
      after.older = waiter;
    }
    waiting++;
    tally.add(Count.WAITING, 1);
  }
}
