package dev.usher.sidecar.shaper;

import dev.usher.unit.Share;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Short words for tests: a shaper, and requests that are asked, given back and drained by name. */
final class Requests {
  /** A request that knows its name. */
  static final class Request extends Waiter {
    final String label;

    Request(String label) {
      this.label = label;
    }

    @Override
    public String toString() {
      return label;
    }
  }

  final Shaper shaper;
  long now;

  Requests(int capacity, BucketSpec... buckets) {
    shaper = new Shaper(List.of(buckets));
    shaper.resize(capacity);
  }

  /** Asks as a director does: takes at once or queues. */
  Request ask(String bucket) {
    Request request = new Request(bucket);
    ask(request, bucket);
    return request;
  }

  void ask(Request request, String bucket) {
    if (!shaper.tryTake(request, bucket(bucket), now)) {
      shaper.enqueue(request, bucket(bucket), now);
    }
  }

  List<Request> ask(int many, String bucket) {
    List<Request> requests = new ArrayList<>();
    for (int i = 0; i < many; i++) {
      requests.add(ask(bucket));
    }
    return requests;
  }

  /** Grants until nothing fits. */
  List<String> drain() {
    List<String> granted = new ArrayList<>();
    for (Waiter w = shaper.next(now); w != null; w = shaper.next(now)) {
      granted.add(w.toString());
    }
    return granted;
  }

  /** Gives back one after the other, draining after each. */
  List<String> release(List<Request> requests) {
    List<String> granted = new ArrayList<>();
    for (Request request : requests) {
      shaper.release(request);
      granted.addAll(drain());
    }
    return granted;
  }

  Bucket bucket(String name) {
    return Objects.requireNonNull(shaper.find(name), name);
  }

  BucketView view(String name) {
    return Objects.requireNonNull(find(shaper.view(now), name), name);
  }

  private static @Nullable BucketView find(BucketView view, String name) {
    if (view.name().equals(name)) {
      return view;
    }
    for (BucketView child : view.buckets()) {
      BucketView found = find(child, name);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  static BucketSpec lending(BucketSpec spec, String lend) {
    return spec(
        spec, spec.priority(), spec.weight(), Share.parsePercent("lend", lend), spec.cost());
  }

  static BucketSpec priority(BucketSpec spec, int priority) {
    return spec(spec, priority, spec.weight(), spec.lend(), spec.cost());
  }

  static BucketSpec weighing(BucketSpec spec, int weight) {
    return spec(spec, spec.priority(), weight, spec.lend(), spec.cost());
  }

  static BucketSpec costing(BucketSpec spec, int cost) {
    return spec(spec, spec.priority(), spec.weight(), spec.lend(), cost);
  }

  private static BucketSpec spec(
      BucketSpec spec, int priority, int weight, Share.Percent lend, int cost) {
    return new BucketSpec(
        spec.name(), spec.rate(), spec.ceil(), priority, weight, lend, cost, spec.buckets());
  }
}
