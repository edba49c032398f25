package dev.usher.bench;

import dev.usher.sidecar.shaper.Bucket;
import dev.usher.sidecar.shaper.BucketSpec;
import dev.usher.sidecar.shaper.Shaper;
import dev.usher.unit.Share;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
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

/**
 * Takes a token and gives it back, nobody waiting, in a tree of three levels: the root, {@code
 * siblings} buckets, and as many below the last of them.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class ShaperBench {
  @Param({"4", "64", "1024"})
  public int siblings;

  private final BenchRequest request = new BenchRequest();
  private Shaper shaper = new Shaper(List.of());
  private Bucket assured = shaper.root();
  private Bucket borrowing = shaper.root();

  @Setup
  public void plant() {
    List<BucketSpec> leaves = siblings("leaf", List.of());
    shaper = new Shaper(siblings("branch", leaves));
    shaper.resize(4_000_000);
    assured = Objects.requireNonNull(shaper.find("leaf1"));
    borrowing = Objects.requireNonNull(shaper.find("leaf0"));
  }

  /** The first has no rate and borrows what the others lend, half of their rates. */
  private List<BucketSpec> siblings(String name, List<BucketSpec> belowLast) {
    return IntStream.range(0, siblings)
        .mapToObj(
            i ->
                new BucketSpec(
                    name + i,
                    i == 0 ? Share.NONE : new Share.Percent(50_000_000 / siblings),
                    Share.ALL,
                    0,
                    BucketSpec.DEFAULT_WEIGHT,
                    new Share.Percent(50_000_000),
                    1,
                    i == siblings - 1 ? belowLast : List.of()))
        .toList();
  }

  @Benchmark
  public boolean grantAndGiveBackAssured() {
    return grantAndGiveBack(assured);
  }

  @Benchmark
  public boolean grantAndGiveBackBorrowed() {
    return grantAndGiveBack(borrowing);
  }

  private boolean grantAndGiveBack(Bucket bucket) {
    if (!shaper.tryTake(request, bucket, 0)) {
      throw new IllegalStateException("no token");
    }
    shaper.release(request);
    return request.borrowed();
  }
}
