package dev.usher.sidecar.store;

import dev.usher.sidecar.director.Director;
import dev.usher.sidecar.director.Directors;
import dev.usher.sidecar.director.change.Definition;
import dev.usher.sidecar.director.change.Keeper;
import dev.usher.sidecar.director.change.Versions;
import dev.usher.sidecar.director.spec.DirectorSpec;
import dev.usher.sidecar.time.Clock;
import dev.usher.sidecar.time.Timers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps definitions and memories of directors, on a thread of its own that alone touches the files.
 * Callers leave what is to be kept and go on. [any]
 */
public final class Store implements Keeper, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Store.class);
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

  /**
   * An open store and what to start with.
   *
   * @param restart the directors of the file and those that were kept
   */
  public record Opened(Store store, Restart restart) {}

  /**
   * Opens the store in {@code folder}, which is created if need be. Blocks while it reads.
   *
   * @param file the directors of the configuration file
   * @param versions for directors that do not start with the one that was kept
   * @throws IOException with a message for the user; nothing is left open
   */
  public static Opened open(
      Path folder, List<DirectorSpec> file, Versions versions, Clock clock, Timers timers)
      throws IOException {
    StoreFiles files = StoreFiles.open(folder, clock);
    try {
      Loaded loaded = files.load();
      Restart restart = Reconciler.reconcile(file, loaded, versions);
      return new Opened(new Store(files, loaded, timers), restart);
    } catch (IOException | RuntimeException e) {
      files.close();
      throw e;
    }
  }

  private Store(StoreFiles files, Loaded loaded, Timers timers) {
    this.files = files;
    this.timers = timers;
    this.journal = new Journal(files.definitions(), loaded.entries());
    this.memories = new Memories(files.memories());
    memories.known(loaded.memories().keySet());
    thread.execute(this::prepare);
  }

  @Override
  public CompletionStage<Kept> keep(List<Entry> entries) {
    Journal.Request request = new Journal.Request(entries);
    waiting.add(request);
    try {
      thread.execute(this::keepAll);
    } catch (RejectedExecutionException e) {
      if (waiting.remove(request)) {
        request.answer.complete(new Kept.Failed("the store is closed"));
      }
    }
    return request.answer;
  }

  /** The first change would find it out too. [p] */
  private void prepare() {
    try {
      files.prepare();
    } catch (IOException e) {
      journal.cannotBeWritten(e);
    }
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

  @Override
  public Status status() {
    return journal.status();
  }

  /** Writes what directors remember once a second from now on. */
  public void remember(Directors directors) {
    Timers.Timer unused = timers.after(REMEMBER_NANOS, () -> rememberNow(directors));
  }

  private void rememberNow(Directors directors) {
    try {
      thread.execute(
          () -> {
            try {
              journal.repair(name -> definition(directors, name));
              memories.write(directors.all());
            } catch (RuntimeException | Error e) {
              Complaint.log(LOG, "what directors remember is not kept this time", e);
            } finally {
              remember(directors);
            }
          });
    } catch (RejectedExecutionException e) {
      // Closed: the last memories were written there.
      return;
    }
  }

  /** Writes what waits and all that is remembered, then closes the files. Not on an IO thread. */
  public void close(Directors directors) {
    if (thread.isShutdown()) {
      return;
    }
    thread.execute(
        () -> {
          keepAll();
          journal.repair(name -> definition(directors, name));
          memories.writeAll(directors.all());
        });
    close();
  }

  private static @Nullable Definition definition(Directors directors, String name) {
    Director director = directors.find(name);
    return director == null ? null : director.definition();
  }

  /** Writes what waits, then closes the files; repetition is harmless. */
  @Override
  public void close() {
    thread.shutdown();
    try {
      if (thread.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        files.close();
      } else {
        LOG.error("the store is still writing; what was not acknowledged may be lost");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      Complaint.log(LOG, "the store could not be closed in good order", e);
    }
  }
}
