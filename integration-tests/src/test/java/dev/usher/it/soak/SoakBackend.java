package dev.usher.it.soak;

import dev.usher.it.harness.Arrival;
import dev.usher.it.harness.GateBackend;
import dev.usher.it.harness.OpenConnections;
import java.io.UncheckedIOException;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * A backend that answers each request after some milliseconds and watches its own capacity. Two
 * threads read two connections, so the end of one request may be seen after the start of the next
 * though it came first: what is too much must be too much for the kernel too.
 */
final class SoakBackend implements AutoCloseable {
  private static final int SLOWEST_MS = 40;
  private static final int LARGE_BYTES = 300_000;

  private final String name;
  private final int capacity;
  private final ScheduledExecutorService timers;
  private final GateBackend backend = GateBackend.start().forgetful();
  private final Queue<String> violations = new ConcurrentLinkedQueue<>();
  private final SplittableRandom random;

  SoakBackend(String name, int capacity, long seed, ScheduledExecutorService timers) {
    this.name = name;
    this.capacity = capacity;
    this.timers = timers;
    random = new SplittableRandom(seed);
    backend.script(this::serve);
    backend.watch(this::watch);
  }

  private void serve(Arrival arrival) {
    String body = arrival.target() + "\n" + "x".repeat(below(100) < 5 ? LARGE_BYTES : 0);
    later(1 + below(SLOWEST_MS), () -> arrival.answer(200, body));
  }

  private synchronized int below(int bound) {
    return random.nextInt(bound);
  }

  private void watch(Arrival arrival) {
    Arrival[] all = backend.inFlightNow();
    if (all.length > capacity) {
      int open = OpenConnections.count(backend.port(), all);
      if (open > capacity) {
        violations.add("%s: %d in flight at capacity %d".formatted(name, open, capacity));
      }
    }
  }

  private void later(long millis, Runnable task) {
    ScheduledFuture<?> unused =
        timers.schedule(
            () -> {
              try {
                task.run();
              } catch (UncheckedIOException e) {
                backend.note(e.toString());
              }
            },
            millis,
            TimeUnit.MILLISECONDS);
  }

  String json(String role) {
    return "'%s':{'url':'%s','capacity':%d,'role':'%s'}"
        .formatted(name, backend.url(), capacity, role);
  }

  GateBackend gate() {
    return backend;
  }

  Queue<String> violations() {
    return violations;
  }

  @Override
  public String toString() {
    return "%s: capacity %d, most in flight %d".formatted(name, capacity, backend.maxInFlight());
  }

  @Override
  public void close() {
    backend.close();
  }
}
