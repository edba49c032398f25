package dev.usher.bench;

import dev.usher.sidecar.shaper.Bucket;
import dev.usher.sidecar.shaper.BucketSpec;
import dev.usher.sidecar.shaper.Departure;
import dev.usher.sidecar.shaper.Shaper;
import dev.usher.sidecar.shaper.Waiter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Queues of 100 000 waiters in 1 000 buckets. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class ShaperQueueBench {
  private static final int WAITERS = 100_000;
  private static final int BUCKETS = 1_000;

  private final List<Waiter> waiters = new ArrayList<>();
  private final Bucket[] buckets = new Bucket[BUCKETS];
  private Shaper shaper = new Shaper(List.of());
  private int at;

  @Setup
  public void plant() {
    shaper =
        new Shaper(
            IntStream.range(0, BUCKETS)
                .mapToObj(i -> BucketSpec.of("b" + i, "0%", "100%"))
                .toList());
    shaper.resize(1);
    for (int i = 0; i < BUCKETS; i++) {
      buckets[i] = Objects.requireNonNull(shaper.find("b" + i));
    }
    shaper.tryTake(new BenchRequest(), shaper.root(), 0);
    for (int i = 0; i < WAITERS; i++) {
      Waiter waiter = new BenchRequest();
      shaper.enqueue(waiter, buckets[i % BUCKETS], 0);
      waiters.add(waiter);
    }
    Collections.shuffle(waiters, new Random(1));
  }

  /** Somebody anywhere in a queue leaves, drains in vain, and a new request joins that queue. */
  @Benchmark
  public Waiter cancelAndEnqueue() {
    Waiter gone = waiters.get(at);
    Bucket bucket = Objects.requireNonNull(gone.bucket());
    shaper.cancel(gone, Departure.TIMED_OUT);
    shaper.next(0);
    Waiter joining = new BenchRequest();
    shaper.enqueue(joining, bucket, 0);
    waiters.set(at, joining);
    at = (at + 1) % WAITERS;
    return joining;
  }
}
