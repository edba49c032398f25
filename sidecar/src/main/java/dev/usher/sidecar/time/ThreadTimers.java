package dev.usher.sidecar.time;

import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Timers on one daemon thread of their own. */
public final class ThreadTimers implements Timers, AutoCloseable {
  private final ScheduledThreadPoolExecutor executor;
  private final Consumer<Throwable> onBug;

  /**
   * @param onBug told of anything that a task throws
   */
  public ThreadTimers(Consumer<Throwable> onBug) {
    this.onBug = onBug;
    this.executor =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "usher-timers");
              thread.setDaemon(true);
              return thread;
            },
            new ThreadPoolExecutor.DiscardPolicy());
    executor.setRemoveOnCancelPolicy(true);
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  @Override
  public Timer after(long delayNanos, Runnable task) {
    ScheduledFuture<?> future =
        executor.schedule(() -> attempt(task), delayNanos, TimeUnit.NANOSECONDS);
    return () -> future.cancel(false);
  }

  private void attempt(Runnable task) {
    try {
      task.run();
    } catch (Throwable e) {
      onBug.accept(e);
    }
  }

  /** Forgets all tasks; later ones are dropped. */
  @Override
  public void close() {
    executor.shutdownNow();
  }
}
