package dev.usher.bench.store;

import dev.usher.sidecar.store.file.RecordFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
 * What a start has to wait for, once in a new JVM, classes and all: the file was made by another
 * process.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
@Fork(
    value = 7,
    jvmArgsAppend = {
      Chronicle.OPENS_LANG,
      Chronicle.OPENS_REFLECT,
      Chronicle.EXPORTS_CH,
      Chronicle.EXPORTS_REF
    })
public class RecordFileStartBench {
  @Param({"0", "1000", "10000"})
  public int count;

  private @Nullable Records records;

  @Setup
  public void make() throws IOException, InterruptedException {
    Path path = Files.createTempDirectory("usher-bench");
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            Chronicle.OPENS_LANG,
            Chronicle.OPENS_REFLECT,
            Chronicle.EXPORTS_CH,
            Chronicle.EXPORTS_REF,
            "-cp",
            System.getProperty("java.class.path"),
            Maker.class.getName(),
            path.toString(),
            Integer.toString(count));
    int status = new ProcessBuilder(command).inheritIO().start().waitFor();
    if (status != 0) {
      throw new IllegalStateException("the file could not be made: exit status " + status);
    }
    records = new Records(path);
  }

  @TearDown
  public void close() throws IOException {
    Objects.requireNonNull(records).close();
  }

  /** Before a sidecar can serve. */
  @Benchmark
  public Map<String, byte[]> openAndRead() throws IOException {
    try (RecordFile file = Objects.requireNonNull(records).open()) {
      return file.readAll();
    }
  }

  /** Until it can be changed, which happens while the sidecar serves. */
  @Benchmark
  public Map<String, byte[]> openAndPrepare() throws IOException {
    try (RecordFile file = Objects.requireNonNull(records).open()) {
      Map<String, byte[]> all = file.readAll();
      file.prepare();
      return all;
    }
  }

  /** Makes the file and says how large it is. */
  public static final class Maker {
    private Maker() {}

    public static void main(String[] args) throws IOException {
      Records records = new Records(Path.of(args[0]));
      records.make(Integer.parseInt(args[1]));
      System.out.printf("# file of %,d bytes%n", records.fileBytes());
    }
  }
}
