package dev.usher.sidecar.shaper;

import dev.usher.sidecar.shaper.Tally.Count;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The tree as it was shaped last, immutable, for readers on any thread: what changes with each
 * request is read from the tallies, each once, so that the sums of a view are right.
 */
record Layout(
    String name,
    BucketSpec spec,
    int rate,
    int ceil,
    boolean oversubscribed,
    Tally tally,
    List<Layout> children) {

  static Layout of(Bucket bucket) {
    List<Layout> children = new ArrayList<>(bucket.children.size());
    for (Bucket child : bucket.children) {
      children.add(of(child));
    }
    return new Layout(
        bucket.name(),
        bucket.spec,
        bucket.rate,
        bucket.ceil,
        bucket.oversubscribed,
        bucket.own.tally,
        List.copyOf(children));
  }

  BucketView view(long nowNanos) {
    int own = (int) tally.get(Count.HELD);
    int actual = own;
    List<BucketView> views = new ArrayList<>(children.size());
    for (Layout child : children) {
      BucketView view = child.view(nowNanos);
      actual += view.actual();
      views.add(view);
    }
    int queued = (int) tally.get(Count.WAITING);
    return new BucketView(
        name,
        spec,
        rate,
        ceil,
        actual,
        own,
        queued,
        oversubscribed,
        tally.stats(),
        tally.ratePerSecond(nowNanos),
        List.copyOf(views));
  }

  void remember(long nowNanos, Map<String, BucketMemory> into) {
    into.put(name, tally.memory(nowNanos));
    children.forEach(child -> child.remember(nowNanos, into));
  }
}
