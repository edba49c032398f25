package dev.usher.sidecar.shaper;

import dev.usher.sidecar.shaper.Explanation.Limit;

/** Compares views and explanations with the tree they were made of, when it has been drained. */
final class ViewCheck {
  private ViewCheck() {}

  static void check(Shaper shaper) {
    compare(shaper, shaper.root(), shaper.view(0));
  }

  private static void compare(Shaper shaper, Bucket bucket, BucketView view) {
    String name = bucket.name();
    Agreement.same(name, "viewed rate", view.rate(), bucket.rate);
    Agreement.same(name, "viewed ceil", view.ceil(), bucket.ceil);
    Agreement.same(name, "viewed actual", view.actual(), bucket.actual);
    Agreement.same(name, "viewed own", view.own(), bucket.own.actual);
    Agreement.same(name, "viewed queued", view.queued(), bucket.own.waiting);
    require(view.name().equals(name) && view.spec().equals(bucket.spec()), name, "spec");
    require(view.oversubscribed() == bucket.oversubscribed, name, "oversubscribed");
    Agreement.same(name, "viewed children", view.buckets().size(), bucket.children.size());
    explain(shaper, bucket);
    for (int i = 0; i < view.buckets().size(); i++) {
      compare(shaper, bucket.children.get(i), view.buckets().get(i));
    }
  }

  /** What waits after a drain is stopped by a node that has no room for it. */
  private static void explain(Shaper shaper, Bucket bucket) {
    Explanation why = shaper.explain(bucket);
    Agreement.same(bucket.name(), "explained waiters", why.waiting(), bucket.own.waiting);
    Waiter first = bucket.own.oldest;
    String limiting = why.limitingBucket();
    if (first == null || limiting == null) {
      require(why.limit() == Limit.NONE && first == null, bucket.name(), "explained " + why);
      return;
    }
    Bucket limit = shaper.find(limiting);
    require(limit != null && limit.actual == why.limitingActual(), limiting, "limiting actual");
    int wouldHold = why.limitingActual() + first.cost;
    require(why.limit() != Limit.BACKENDS, bucket.name(), "stopped by a node");
    require(
        wouldHold + why.limitingReserved() > why.limitingCeil(), limiting, "has no room: " + why);
    require((why.limit() == Limit.CEIL) == (wouldHold > why.limitingCeil()), limiting, "is " + why);
    int holding = why.holders().stream().mapToInt(Explanation.Holder::tokens).sum();
    Agreement.same(limiting, "tokens of holders", holding, why.limitingActual());
  }

  private static void require(boolean holds, String name, String what) {
    if (!holds) {
      throw new AssertionError(name + ": " + what);
    }
  }
}
