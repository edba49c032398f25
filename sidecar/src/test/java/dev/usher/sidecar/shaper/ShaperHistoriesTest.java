package dev.usher.sidecar.shaper;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * The shaper does what the slow model does, and what must always hold does, on random histories. A
 * failure names its seed; {@code -Dusher.shaper.seed=SEED} lives that history alone.
 */
class ShaperHistoriesTest {
  static final String SEED = "usher.shaper.seed";
  private static final int HISTORIES = 1_000_000;
  private static final int BATCH = 1_000;

  @Test
  void aMillionRandomHistoriesGoAsTheModelSays() throws Exception {
    Long alone = Long.getLong(SEED);
    if (alone != null) {
      History.live(alone);
      return;
    }
    long first = new SplittableRandom().nextLong();
    AtomicInteger begun = new AtomicInteger();
    AtomicInteger lived = new AtomicInteger();
    int workers = Runtime.getRuntime().availableProcessors();
    ExecutorService pool = Executors.newFixedThreadPool(workers);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < workers; i++) {
        all.add(pool.submit(() -> liveBatches(first, begun, lived)));
      }
      for (Future<?> each : all) {
        await(each);
      }
    } finally {
      pool.shutdownNow();
    }
    assertThat(lived).hasValue(HISTORIES);
  }

  private static void liveBatches(long first, AtomicInteger begun, AtomicInteger lived) {
    for (int at = begun.getAndAdd(BATCH); at < HISTORIES; at = begun.getAndAdd(BATCH)) {
      for (int i = 0; i < BATCH && !Thread.currentThread().isInterrupted(); i++) {
        History.live(first + at + i);
        lived.incrementAndGet();
      }
    }
  }

  private static void await(Future<?> worker) throws InterruptedException {
    try {
      worker.get();
    } catch (ExecutionException e) {
      throw new AssertionError("a random history went wrong: " + e.getMessage(), e);
    }
  }
}
