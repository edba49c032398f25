package dev.usher.bench.ondemand;

import dev.usher.sidecar.director.Director;
import dev.usher.sidecar.director.endpoint.Endpoint;
import dev.usher.sidecar.director.registry.DirectorRegistry;
import java.nio.charset.StandardCharsets;
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
import org.openjdk.jmh.annotations.Warmup;

/**
 * From the text of a Host field to its director, among few and among many. The text is new for each
 * request, as it is in a server, so its hash has to be computed; what making the text costs is the
 * line of {@code text}. Asked for in turn are 1 024 hosts, or all if there are fewer, so that with
 * many directors they are not all in the processor's caches.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 7, time = 1)
@Fork(1)
public class LookUpBench {
  private static final int MOST_ASKED = 1_024;

  @Param({"10", "10000"})
  public int directors;

  private byte[][] hosts = {};
  private @Nullable Crowd crowd;
  private @Nullable DirectorRegistry registry;
  private int next;

  @Setup
  public void open() {
    crowd = new Crowd(directors);
    registry = crowd.registry();
    int asked = Math.min(MOST_ASKED, directors);
    hosts = new byte[asked][];
    for (int i = 0; i < asked; i++) {
      hosts[i] = Crowd.host(i * (directors / asked)).getBytes(StandardCharsets.ISO_8859_1);
    }
  }

  @TearDown
  public void close() {
    Objects.requireNonNull(crowd).close();
  }

  private String nextText() {
    next = next + 1 < hosts.length ? next + 1 : 0;
    return new String(hosts[next], StandardCharsets.ISO_8859_1);
  }

  @Benchmark
  public String text() {
    return nextText();
  }

  @Benchmark
  public @Nullable Endpoint endpoint() {
    return Endpoint.parse(nextText(), 80);
  }

  @Benchmark
  public @Nullable Director director() {
    Endpoint endpoint = Endpoint.parse(nextText(), 80);
    return Objects.requireNonNull(registry).find(Objects.requireNonNull(endpoint));
  }
}
