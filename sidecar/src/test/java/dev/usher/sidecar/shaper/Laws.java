package dev.usher.sidecar.shaper;

import dev.usher.unit.Share;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * What must always hold, checked without the model: by looking at limits, at who holds and at who
 * waits.
 */
final class Laws {
  private final Shaper shaper;
  private final List<History.Request> live;
  private final boolean reserving;
  private boolean assuredFits;
  private boolean anyFits;

  Laws(Shaper shaper, List<History.Request> live, boolean reserving) {
    this.shaper = shaper;
    this.live = live;
    this.reserving = reserving;
  }

  /** Looks at who could be granted. */
  void beforeGrant() {
    assuredFits = false;
    anyFits = false;
    lookAt(shaper.root());
  }

  private void lookAt(Bucket bucket) {
    Waiter first = bucket.own.oldest;
    if (first != null && hasRoom(bucket, first.cost)) {
      anyFits = true;
      assuredFits |= bucket.own.actual + first.cost <= bucket.own.rate;
    }
    for (Bucket child : bucket.children) {
      lookAt(child);
    }
  }

  private static boolean hasRoom(Bucket bucket, int cost) {
    boolean room = true;
    for (Bucket node = bucket; node != null; node = node.parent) {
      room &= node.actual + cost <= node.ceil;
    }
    return room;
  }

  /** When the drain has ended. */
  void afterLast() {
    require(!assuredFits, "nothing waits that fits and is assured");
    require(reserving || !anyFits, "nothing waits that fits");
  }

  void afterDrained(History.Request granted) {
    require(!(granted.borrowed() && assuredFits), "who is under its rate is not passed over");
    for (History.Request other : live) {
      if (other.isWaiting() && other.bucket() == granted.bucket()) {
        require(other.age > granted.age, "first in, first out inside a bucket");
      }
    }
    afterGrant(granted);
  }

  void afterDirect(History.Request granted) {
    for (History.Request other : live) {
      require(
          !(other.isWaiting() && other.bucket() == granted.bucket()),
          "nobody overtakes inside a bucket");
    }
    afterGrant(granted);
  }

  private void afterGrant(History.Request granted) {
    Set<Bucket> path = new HashSet<>();
    for (Bucket node = granted.bucket(); node != null; node = node.parent) {
      require(node.actual <= node.ceil, "no grant leaves a node above its ceil");
      path.add(node);
    }
    require(shaper.root().actual <= shaper.capacity(), "no grant leaves the root above C");
    Leaf leaf = Objects.requireNonNull(granted.bucket()).own;
    boolean withinRate = leaf.actual <= leaf.rate;
    require(granted.borrowed() != withinRate, "what is above the rate is a loan");
    if (granted.borrowed() && reserving) {
      for (Bucket child : shaper.root().children) {
        reserveIsFree(child, path);
      }
    }
  }

  /** A reserve of a bucket off the path is free in every ancestor that it shares with the path. */
  private void reserveIsFree(Bucket bucket, Set<Bucket> path) {
    long unlent = Share.Percent.MICROS_OF_ALL - bucket.spec.lend().micros();
    long reserve = -Math.floorDiv(-bucket.rate * unlent, Share.Percent.MICROS_OF_ALL);
    long keeps = Math.min(Math.max(0, bucket.rate - bucket.actual), reserve);
    if (!path.contains(bucket) && keeps > 0) {
      for (Bucket node = bucket.parent; node != null; node = node.parent) {
        require(
            !path.contains(node) || node.ceil - node.actual >= keeps, "no loan takes a reserve");
      }
    }
    for (Bucket child : bucket.children) {
      reserveIsFree(child, path);
    }
  }

  /** At every observable moment. */
  void always() {
    sums(shaper.root());
    int held = 0;
    int waiting = 0;
    for (History.Request request : live) {
      held += request.isHolding() ? request.cost : 0;
      waiting += request.isWaiting() ? 1 : 0;
      require(request.isHolding() != request.isWaiting(), "who is alive holds or waits");
    }
    require(shaper.root().actual == held, "tokens are held by the living");
    require(shaper.waiting() == waiting, "waiters are the living");
  }

  private static void sums(Bucket bucket) {
    int sum = bucket.own.actual;
    for (Bucket child : bucket.children) {
      sums(child);
      sum += child.actual;
    }
    require(bucket.actual == sum, "actual = own + the children's");
    require(bucket.own.actual >= 0, "nothing is given back twice");
  }

  private static void require(boolean holds, String law) {
    if (!holds) {
      throw new AssertionError("law broken: " + law);
    }
  }
}
