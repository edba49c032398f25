package dev.usher.bench;

import dev.usher.sidecar.shaper.Bucket;
import dev.usher.sidecar.shaper.BucketSpec;
import dev.usher.sidecar.shaper.Shaper;
import dev.usher.sidecar.shaper.Waiter;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Draining when everybody waits, and when nobody does. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class ShaperDrainBench {
  private static final int TOKENS = 2_000;

  @Param({"10", "100", "1000"})
  public int waitingBuckets;

  private final ArrayDeque<Waiter> holders = new ArrayDeque<>();
  private Shaper full = new Shaper(List.of());
  private Shaper idle = new Shaper(List.of());

  /** Two groups of buckets with one waiter each, all tokens held. */
  @Setup
  public void plant() {
    List<BucketSpec> groups =
        List.of(
            BucketSpec.of("left", "50%", "100%").withBuckets(buckets("l")),
            BucketSpec.of("right", "50%", "100%").withBuckets(buckets("r")));
    full = new Shaper(groups);
    full.resize(TOKENS);
    idle = new Shaper(groups);
    idle.resize(TOKENS);
    for (int i = 0; i < TOKENS + waitingBuckets; i++) {
      Waiter waiter = new BenchRequest();
      if (full.tryTake(waiter, bucket(i), 0)) {
        holders.add(waiter);
      } else {
        full.enqueue(waiter, bucket(i), 0);
      }
    }
  }

  private List<BucketSpec> buckets(String name) {
    return IntStream.range(0, waitingBuckets / 2)
        .mapToObj(i -> BucketSpec.of(name + i, "0%", "100%"))
        .toList();
  }

  private Bucket bucket(int i) {
    int n = i % waitingBuckets;
    return Objects.requireNonNull(full.find((n % 2 == 0 ? "l" : "r") + n / 2));
  }

  /** One gives back, one is granted, the first waits again. */
  @Benchmark
  public Waiter giveBackDrainAndWaitAgain() {
    Waiter done = holders.remove();
    Bucket bucket = Objects.requireNonNull(done.bucket());
    full.release(done);
    Waiter granted = Objects.requireNonNull(full.next(0));
    full.enqueue(done, bucket, 0);
    holders.add(granted);
    return granted;
  }

  @Benchmark
  public @Nullable Waiter drainWhenTheRootIsFull() {
    return full.next(0);
  }

  @Benchmark
  public @Nullable Waiter drainWhenNobodyWaits() {
    return idle.next(0);
  }
}
