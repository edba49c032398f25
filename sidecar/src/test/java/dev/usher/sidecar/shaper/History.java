package dev.usher.sidecar.shaper;

import dev.usher.sidecar.shaper.ModelNode.Entry;
import dev.usher.sidecar.shaper.ShaperModel.Grant;
import dev.usher.sidecar.shaper.Tally.Count;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** One random history, lived by the shaper and by the model side by side; its seed tells it all. */
final class History {
  static final class Request extends Waiter {
    final int id;

    Request(int id) {
      this.id = id;
    }
  }

  private final SplittableRandom random;
  private final RandomTree tree;
  private final int steps;
  private final Shaper shaper;
  private final ShaperModel model;
  private final Laws laws;
  private final List<Request> live = new ArrayList<>();
  private final Set<Bucket> everSeen = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Map<Count, Integer> expected = new EnumMap<>(Count.class);
  private List<BucketSpec> specs;
  private int lastId;
  private int done;

  History(long seed) {
    random = new SplittableRandom(seed);
    boolean isLong = random.nextInt(100) == 0;
    tree = new RandomTree(random, isLong ? 12 : 4);
    steps = isLong ? 60 + random.nextInt(120) : 4 + random.nextInt(9);
    specs = tree.specs();
    shaper = new Shaper(specs);
    model = new ShaperModel(specs);
    laws = new Laws(shaper, live, tree.isReserving());
    see(shaper.root());
    resize();
  }

  static void live(long seed) {
    History history = new History(seed);
    try {
      history.live();
    } catch (RuntimeException | AssertionError e) {
      throw new AssertionError(
          "history with seed %d, step %d of %d, tree %s; alone: -D%s=%d"
              .formatted(
                  seed, history.done, history.steps, history.specs, ShaperHistoriesTest.SEED, seed),
          e);
    }
  }

  private void live() {
    for (; done < steps; done++) {
      step();
      drain();
      check();
    }
    views();
    while (!live.isEmpty()) {
      leave(pick());
      drain();
    }
    check();
    atRest();
  }

  private void step() {
    int what = random.nextInt(100);
    if (what < 45 || live.isEmpty()) {
      Request request = new Request(++lastId);
      live.add(request);
      ask(request);
    } else if (what < 72) {
      leave(pick());
    } else if (what < 80) {
      retry(pick());
    } else if (what < 88) {
      resize();
    } else if (what < 97) {
      reshape();
    } else {
      shaper.reject(anyBucket());
      count(Count.REJECTED);
    }
  }

  private void ask(Request request) {
    Bucket bucket = anyBucket();
    boolean granted = shaper.tryTake(request, bucket, 0);
    if (granted) {
      laws.afterDirect(request);
      countGrant(request);
    } else {
      shaper.enqueue(request, bucket, 0);
      count(Count.QUEUED);
    }
    Grant wanted =
        model.ask(bucket.name(), new Entry(request.id, request.age, bucket.spec().cost()));
    agree(granted ? request : null, wanted);
  }

  /** Gives tokens back, or leaves the queue. */
  private void leave(Request request) {
    if (request.isHolding()) {
      shaper.release(request);
    } else {
      Departure why = random.nextBoolean() ? Departure.TIMED_OUT : Departure.CANCELLED;
      shaper.cancel(request, why);
      count(why == Departure.TIMED_OUT ? Count.TIMED_OUT : Count.CANCELLED);
    }
    model.forget(request.id);
    live.remove(request);
  }

  /** A request whose backend failed asks again, with its age. */
  private void retry(Request request) {
    if (request.isHolding()) {
      shaper.release(request);
      model.forget(request.id);
      if (random.nextBoolean()) {
        drain();
      }
      ask(request);
    }
  }

  private void resize() {
    int capacity = random.nextInt(4) == 0 ? random.nextInt(40) : random.nextInt(9);
    shaper.resize(capacity);
    model.resize(capacity);
  }

  private void reshape() {
    int edits = 1 + random.nextInt(3);
    for (int i = 0; i < edits; i++) {
      tree.edit();
    }
    specs = tree.specs();
    shaper.reshape(specs);
    model.reshape(specs);
    see(shaper.root());
  }

  private void drain() {
    while (true) {
      laws.beforeGrant();
      Request granted = (Request) shaper.next(0);
      agree(granted, model.next());
      if (granted == null) {
        laws.afterLast();
        return;
      }
      laws.afterDrained(granted);
      countGrant(granted);
    }
  }

  private static void agree(@Nullable Request granted, @Nullable Grant wanted) {
    Agreement.same(
        "grant", "request", granted == null ? 0 : granted.id, wanted == null ? 0 : wanted.id());
    if (granted != null && wanted != null && granted.borrowed() != wanted.borrowed()) {
      throw new AssertionError("grant: want borrowed " + wanted.borrowed());
    }
  }

  private void check() {
    Agreement.check(shaper, model.root);
    laws.always();
  }

  private void views() {
    if (random.nextInt(16) == 0) {
      ViewCheck.check(shaper);
    }
  }

  private void atRest() {
    for (Bucket bucket : everSeen) {
      Agreement.same(bucket.name(), "held at rest", bucket.own.tally.get(Count.HELD), 0);
      Agreement.same(bucket.name(), "waiting at rest", bucket.own.tally.get(Count.WAITING), 0);
    }
    for (Count count : Count.values()) {
      long counted = everSeen.stream().mapToLong(bucket -> bucket.own.tally.get(count)).sum();
      Agreement.same("all buckets", count.name(), counted, expected.getOrDefault(count, 0));
    }
    Agreement.same("root", "actual at rest", shaper.root().actual, 0);
  }

  private void countGrant(Request request) {
    count(Count.GRANTED);
    if (request.borrowed()) {
      count(Count.BORROWED);
    }
  }

  private void count(Count what) {
    expected.merge(what, 1, Integer::sum);
  }

  private void see(Bucket bucket) {
    everSeen.add(bucket);
    bucket.children.forEach(this::see);
  }

  private Request pick() {
    return live.get(random.nextInt(live.size()));
  }

  /** Any live bucket, the root included. */
  private Bucket anyBucket() {
    List<Bucket> buckets = new ArrayList<>();
    collect(shaper.root(), buckets);
    return buckets.get(random.nextInt(buckets.size()));
  }

  private static void collect(Bucket bucket, List<Bucket> buckets) {
    buckets.add(bucket);
    for (Bucket child : bucket.children) {
      collect(child, buckets);
    }
  }
}
