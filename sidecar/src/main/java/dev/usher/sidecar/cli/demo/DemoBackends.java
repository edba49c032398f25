package dev.usher.sidecar.cli.demo;

import dev.usher.sidecar.backend.BackendSpec;
import dev.usher.sidecar.time.Timers;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/** Four backends, each slower by half than the one before; their capacities add up to 100. */
public final class DemoBackends implements AutoCloseable {
  private static final int[] CAPACITIES = {40, 30, 20, 10};
  private static final long FASTEST_NANOS = TimeUnit.MILLISECONDS.toNanos(80);

  private final ExecutorService executor = Workers.start("demo-backend", 2);
  private final List<DemoBackend> backends = new ArrayList<>();

  private DemoBackends() {}

  public static DemoBackends start(Timers timers) throws IOException {
    DemoBackends started = new DemoBackends();
    try {
      long mean = FASTEST_NANOS;
      for (int capacity : CAPACITIES) {
        String name = "app0" + (started.backends.size() + 1);
        started.backends.add(DemoBackend.start(name, capacity, mean, timers, started.executor));
        mean += mean / 2;
      }
      return started;
    } catch (IOException | RuntimeException e) {
      started.close();
      throw e;
    }
  }

  List<BackendSpec> specs() {
    return backends.stream().map(DemoBackend::spec).toList();
  }

  /** The longest that a request takes. */
  long slowestNanos() {
    return backends.stream()
        .mapToLong(backend -> (long) (backend.meanNanos() * DemoBackend.SLOWEST))
        .max()
        .orElse(0);
  }

  /** Mean service time of the backend {@code name}. */
  long meanNanos(String name) {
    return backends.stream()
        .filter(backend -> backend.spec().name().equals(name))
        .mapToLong(DemoBackend::meanNanos)
        .findFirst()
        .orElse(0);
  }

  @Override
  public void close() {
    backends.forEach(DemoBackend::close);
    executor.shutdownNow();
  }
}
