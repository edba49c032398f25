package dev.usher.bench.strand;

import dev.usher.sidecar.backend.BackendSpec;
import dev.usher.sidecar.backend.Role;
import dev.usher.sidecar.backend.Target;
import dev.usher.sidecar.director.Director;
import dev.usher.sidecar.director.admission.Outcome;
import dev.usher.sidecar.director.change.Definition;
import dev.usher.sidecar.director.change.Keeper;
import dev.usher.sidecar.director.change.Origin;
import dev.usher.sidecar.director.change.Versions;
import dev.usher.sidecar.director.core.DirectorPorts;
import dev.usher.sidecar.director.registry.DirectorRegistry;
import dev.usher.sidecar.director.spec.DirectorSpec;
import dev.usher.sidecar.health.Probe;
import dev.usher.sidecar.shaper.BucketSpec;
import dev.usher.sidecar.strand.Strand;
import dev.usher.sidecar.time.RandomDice;
import dev.usher.sidecar.time.SystemClock;
import dev.usher.sidecar.time.ThreadTimers;
import java.util.List;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A request through a director with four backends and four buckets: admitted, granted, closed. With
 * {@code inFlight} requests out already, as under load.
 *
 * <p>Sampled, so that the median does not see when the thread was taken off its core.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 6, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class DirectorBench {
  private static final int CAPACITY = 1_000;

  @Param({"0", "64"})
  public int inFlight;

  private final ThreadTimers timers = new ThreadTimers(DirectorBench::bug);
  private @Nullable Director director;

  private static void bug(Throwable cause) {
    throw new IllegalStateException("defect in the bench", cause);
  }

  @Setup
  public void open() {
    DirectorPorts ports =
        new DirectorPorts(
            new SystemClock(),
            timers,
            new RandomDice(),
            (target, timeout, done) -> {
              done.accept(new Probe.Result(true, "by this bench"));
              return () -> {};
            },
            (director, backend, now, cause) -> {},
            Keeper.NONE,
            new Versions(System::currentTimeMillis),
            () -> new Strand(DirectorBench::bug));
    DirectorSpec spec =
        new DirectorSpec(
            "app",
            DirectorSpec.Settings.DEFAULT,
            List.of(backend("b1"), backend("b2"), backend("b3"), backend("b4")),
            List.of(
                BucketSpec.of("vip", "20%", "50%"),
                BucketSpec.of("main", "30%", "100%"),
                BucketSpec.of("upload", "10%", "60%"),
                BucketSpec.of("jail", "1t", "20%")));
    Director created =
        new DirectorRegistry(ports).start(new Definition(spec, 1, new Origin.Api()), null);
    director = created;
    for (int i = 0; i < inFlight; i++) {
      created.admit(new Visitor("main").ask);
    }
  }

  private static BackendSpec backend(String name) {
    return new BackendSpec(name, new Target("127.0.0.1", 1), CAPACITY, Role.ACTIVE, true);
  }

  @TearDown
  public void close() {
    timers.close();
  }

  /** The requests of one thread, one after the other. */
  @State(Scope.Thread)
  public static class Mine {
    private final Visitor visitor = new Visitor("vip");
  }

  @Benchmark
  public void admitAndClose(Mine mine) {
    visit(mine.visitor);
  }

  @Benchmark
  @Threads(2)
  public void admitAndCloseOfTwo(Mine mine) {
    visit(mine.visitor);
  }

  private void visit(Visitor visitor) {
    Objects.requireNonNull(director).admit(visitor.ask);
    visitor.awaitLease().close(Outcome.SERVED);
  }
}
