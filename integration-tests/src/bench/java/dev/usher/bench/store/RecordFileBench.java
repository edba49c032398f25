package dev.usher.bench.store;

import dev.usher.sidecar.store.file.RecordFile;
import dev.usher.sidecar.store.record.Change;
import java.io.IOException;
import java.nio.file.Files;
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
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Changes of a file with 1 000 records of 1 to 3 KiB, in the JVM's temporary folder. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 4, time = 1)
@Fork(
    value = 1,
    jvmArgsAppend = {
      Chronicle.OPENS_LANG,
      Chronicle.OPENS_REFLECT,
      Chronicle.EXPORTS_CH,
      Chronicle.EXPORTS_REF
    })
public class RecordFileBench {
  private static final int RECORDS = 1_000;

  private @Nullable Records records;
  private @Nullable RecordFile file;
  private byte[] payload = {};
  private int next;

  @Setup
  public void open() throws IOException {
    records = new Records(Files.createTempDirectory("usher-bench"));
    records.make(RECORDS);
    file = records.open();
    file.prepare();
    payload = records.payload();
  }

  @TearDown
  public void close() throws IOException {
    Objects.requireNonNull(file).close();
    Objects.requireNonNull(records).close();
  }

  @Benchmark
  public void put() throws IOException {
    Objects.requireNonNull(file).put(nextKey(), payload);
  }

  @Benchmark
  public void putAndForce() throws IOException {
    RecordFile open = Objects.requireNonNull(file);
    open.put(nextKey(), payload);
    open.force();
  }

  /** A batch is on the disk as a whole before it is made, so this forces twice. */
  @Benchmark
  public void batchOfThreeAndForce() throws IOException {
    RecordFile open = Objects.requireNonNull(file);
    open.putAll(
        List.of(
            Change.put(nextKey(), payload),
            Change.put(nextKey(), payload),
            Change.put(nextKey(), payload)));
    open.force();
  }

  private String nextKey() {
    next = (next + 1) % RECORDS;
    return Records.key(next);
  }
}
