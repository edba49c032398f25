package dev.usher.bench.strand;

import dev.usher.sidecar.strand.Strand;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
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
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * A grant and its give-back, two tasks, through the strand and through a lock; alone, and with two
 * threads that do something of their own between two visits.
 *
 * <p>Sampled, so that the median does not see when the thread was taken off its core.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 6, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class StrandBench {
  /** JMH's tokens of work between visits: nothing, and about a tenth of a small request's CPU. */
  @Param({"0", "2000"})
  public long workBetween;

  private final Guests overStrand = new Guests(new Strand(StrandBench::bug));
  private final Guests overLock = new Guests(new LockSerial());

  private static void bug(Throwable cause) {
    throw new IllegalStateException("defect in the bench", cause);
  }

  /** The requests of one thread. */
  @State(Scope.Thread)
  public static class Mine {
    private Guests.@Nullable Guest strand;
    private Guests.@Nullable Guest lock;

    @Setup
    public void enter(StrandBench bench) {
      strand = bench.overStrand.guest();
      lock = bench.overLock.guest();
    }
  }

  @Benchmark
  public void strand(Mine mine) {
    Objects.requireNonNull(mine.strand).visit();
    Blackhole.consumeCPU(workBetween);
  }

  @Benchmark
  public void lock(Mine mine) {
    Objects.requireNonNull(mine.lock).visit();
    Blackhole.consumeCPU(workBetween);
  }

  @Benchmark
  @Threads(2)
  public void strandOfTwo(Mine mine) {
    Objects.requireNonNull(mine.strand).visit();
    Blackhole.consumeCPU(workBetween);
  }

  @Benchmark
  @Threads(2)
  public void lockOfTwo(Mine mine) {
    Objects.requireNonNull(mine.lock).visit();
    Blackhole.consumeCPU(workBetween);
  }

  /** What the work between visits takes by itself: to be subtracted. */
  @Benchmark
  @Threads(2)
  public void workOfTwo() {
    Blackhole.consumeCPU(workBetween);
  }
}
