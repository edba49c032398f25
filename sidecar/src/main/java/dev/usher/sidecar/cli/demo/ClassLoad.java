package dev.usher.sidecar.cli.demo;

import dev.usher.sidecar.time.Timers;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Clients of one class, each with one request at a time: the next is sent when the answer is there.
 */
final class ClassLoad {
  private static final Logger LOG = LoggerFactory.getLogger(ClassLoad.class);
  private static final long PAUSE_AFTER_ERROR_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final int OK = 200;

  private final Supplier<CompletableFuture<Integer>> exchange;
  private final Timers timers;
  private final LongAdder served = new LongAdder();
  private final LongAdder errors = new LongAdder();
  private int wanted;
  private int running;

  /**
   * @param exchange sends a request and completes with the status of its answer
   */
  ClassLoad(Supplier<CompletableFuture<Integer>> exchange, Timers timers) {
    this.exchange = exchange;
    this.timers = timers;
  }

  /** Starts clients until there are {@code clients}; too many end with their answer. */
  void resize(int clients) {
    for (int missing = claimMissing(clients); missing > 0; missing--) {
      send();
    }
  }

  private synchronized int claimMissing(int clients) {
    wanted = clients;
    int missing = Math.max(0, clients - running);
    running += missing;
    return missing;
  }

  private synchronized boolean mayGoOn() {
    if (running > wanted) {
      running--;
      return false;
    }
    return true;
  }

  /** Clients whose request has no answer yet, or that pause. */
  synchronized int running() {
    return running;
  }

  private void send() {
    CompletableFuture<Boolean> unused =
        exchange
            .get()
            .handle(this::onAnswer)
            .exceptionally(
                bug -> {
                  LOG.error("a client of the demo is lost", bug);
                  return false;
                });
  }

  /** Whether the client goes on. */
  private boolean onAnswer(@Nullable Integer status, @Nullable Throwable failure) {
    boolean good = status != null && status == OK;
    (good ? served : errors).increment();
    if (!good) {
      LOG.debug("demo request failed, status {}", status, failure);
    }
    if (!mayGoOn()) {
      return false;
    }
    if (good) {
      send();
    } else {
      timers.after(PAUSE_AFTER_ERROR_NANOS, this::send);
    }
    return true;
  }

  long served() {
    return served.sum();
  }

  long errors() {
    return errors.sum();
  }
}
