package dev.usher.sidecar.shaper;

import dev.usher.sidecar.shaper.ModelNode.Entry;
import java.util.Iterator;
import java.util.Objects;

/** Compares everything the shaper knows with the model. */
final class Agreement {
  private Agreement() {}

  static void check(Shaper shaper, ModelNode model) {
    compare(shaper, shaper.root(), model);
  }

  private static int compare(Shaper shaper, Bucket bucket, ModelNode model) {
    String name = model.name();
    same(name, "is found", shaper.find(name) == bucket && bucket.name().equals(name), true);
    same(name, "rate", bucket.rate, model.rate);
    same(name, "ceil", bucket.ceil, model.ceil);
    same(name, "actual", bucket.actual, model.actual());
    same(name, "own rate", bucket.own.rate, model.own.rate);
    same(name, "own ceil", bucket.own.ceil, model.own.ceil);
    same(name, "own actual", bucket.own.actual, model.own.actual());
    same(name, "own weight", bucket.own.weight, model.own.weight());
    same(name, "kept", bucket.kept, model.kept());
    same(name, "oversubscribed", bucket.oversubscribed, model.oversubscribed);
    same(name, "removed", bucket.isRemoved(), false);
    same(name, "children", bucket.children.size(), model.children.size());
    int waiting = compareQueues(bucket, model);
    for (int i = 0; i < model.children.size(); i++) {
      Bucket child = bucket.children.get(i);
      same(name, "is a parent", child.parent == bucket, true);
      same(child.name(), "weight", child.weight, model.children.get(i).weight());
      waiting += compare(shaper, child, model.children.get(i));
    }
    same(name, "waiting", bucket.waiting, waiting);
    compareSides(bucket);
    return waiting;
  }

  /** The sides are those where someone waits, none of them before the one above it. */
  private static void compareSides(Bucket bucket) {
    String name = bucket.name();
    int sides = bucket.own.waiting > 0 ? 1 : 0;
    for (Bucket child : bucket.children) {
      sides += child.waiting > 0 ? 1 : 0;
    }
    same(name, "sides", bucket.sides.size(), sides);
    for (int place = 0; place < bucket.sides.size(); place++) {
      Node side = bucket.sides.get(place);
      Node above = bucket.sides.get(Math.max(0, (place - 1) / 2));
      same(name, "side's parent", side.parent == bucket, true);
      same(name, "side's place", side.place, place);
      same(name, "is a heap", Contest.isBefore(side, above), false);
    }
  }

  private static int compareQueues(Bucket bucket, ModelNode model) {
    String name = model.name();
    Iterator<Entry> entries = model.own.queue.iterator();
    Waiter before = null;
    for (Waiter w = bucket.own.oldest; w != null; w = w.younger) {
      same(name, "waiters", entries.hasNext(), true);
      same(name, "waiter", ((History.Request) w).id, entries.next().id());
      same(name, "waits", w.isWaiting() && bucket.equals(w.bucket()), true);
      same(name, "is linked both ways", Objects.equals(w.older, before), true);
      before = w;
    }
    same(name, "more waiters", entries.hasNext(), false);
    same(name, "own waiting", bucket.own.waiting, model.own.queue.size());
    return model.own.queue.size();
  }

  static void same(String name, String what, long got, long wanted) {
    if (got != wanted) {
      throw new AssertionError("%s: %s: want %d, got %d".formatted(name, what, wanted, got));
    }
  }

  private static void same(String name, String what, boolean got, boolean wanted) {
    if (got != wanted) {
      throw new AssertionError("%s: %s: want %s, got %s".formatted(name, what, wanted, got));
    }
  }
}
