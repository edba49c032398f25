package dev.usher.sidecar.store;

import dev.usher.sidecar.director.Director;
import dev.usher.sidecar.director.Keeper;
import dev.usher.sidecar.time.Clock;
import dev.usher.sidecar.time.Timers;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Keeps definitions and memories of directors, on a thread of its own that alone touches the files.
 * Callers leave what is to be kept and go on. [any]
 */
public final class Store implements Keeper, AutoCloseable {
  private static final long REMEMBER_NANOS = 1_000_000_000L;
  private static final long PATIENCE_SECONDS = 10;

  private final StoreFiles files;
  private final Journal journal;
  private final Memories memories;
  private final Timers timers;
  private final Queue<Journal.Request> waiting = new ConcurrentLinkedQueue<>();
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread created = new Thread(task, "usher store");
            created.setDaemon(true);
            return created;
          });

  Store(StoreFiles files, Set<String> remembered, Clock clock, Timers timers) {
    this.files = files;
    this.timers = timers;
    this.journal = new Journal(files.definitions());
    this.memories = new Memories(files.memories(), clock);
    memories.known(remembered);
  }

  @Override
  public CompletionStage<Kept> keep(List<Entry> entries) {
    Journal.Request request = new Journal.Request(entries);
    waiting.add(request);
    try {
      thread.execute(this::keepAll);
    } catch (RejectedExecutionException e) {
      request.answer.complete(new Kept.Failed("the store is closed"));
    }
    return request.answer;
  }

  /** All that wait are kept by whichever of their tasks comes first. [p] */
  private void keepAll() {
    List<Journal.Request> requests = new ArrayList<>();
    for (Journal.Request next = waiting.poll(); next != null; next = waiting.poll()) {
      requests.add(next);
    }
    if (!requests.isEmpty()) {
      journal.keep(requests);
    }
  }

  public StoreStatus status() {
    return journal.status();
  }

  /** Writes what directors remember once a second from now on. */
  public void remember(Supplier<List<Director>> directors) {
    Timers.Timer unused = timers.after(REMEMBER_NANOS, () -> rememberNow(directors));
  }

  private void rememberNow(Supplier<List<Director>> directors) {
    try {
      thread.execute(
          () -> {
            journal.repair();
            memories.write(directors.get());
            remember(directors);
          });
    } catch (RejectedExecutionException e) {
      // Closed: the last memories were written there.
      return;
    }
  }

  /** Writes what waits and all that is remembered, then closes the files. Not on an IO thread. */
  public void close(List<Director> directors) {
    if (thread.isShutdown()) {
      return;
    }
    thread.execute(
        () -> {
          keepAll();
          journal.repair();
          while (memories.write(directors)) {
            // The rest.
          }
        });
    close();
  }

  /** Writes what waits, then closes the files; repetition is harmless. */
  @Override
  public void close() {
    thread.shutdown();
    try {
      if (thread.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        files.close();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
