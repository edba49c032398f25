package dev.usher.sidecar.time;

import java.util.Comparator;
import java.util.PriorityQueue;

/** Time that stands still until a test moves it; timers run, in order, in the moving thread. */
public final class FakeTime implements Clock, Timers {
  private final PriorityQueue<Entry> entries =
      new PriorityQueue<>(
          Comparator.comparingLong((Entry e) -> e.dueNanos).thenComparingLong(e -> e.order));
  private long nowNanos = 1_000_000_000_000L;
  private long order;

  @Override
  public long nanos() {
    return nowNanos;
  }

  @Override
  public long epochMillis() {
    return nowNanos / 1_000_000;
  }

  @Override
  public Timer after(long delayNanos, Runnable task) {
    Entry entry = new Entry(nowNanos + Math.max(0, delayNanos), order++, task);
    entries.add(entry);
    return () -> entries.remove(entry);
  }

  /** Moves time and runs what falls due on the way. */
  public void advanceMillis(long millis) {
    advanceNanos(millis * 1_000_000);
  }

  public void advanceNanos(long nanos) {
    long end = nowNanos + nanos;
    Entry first = entries.peek();
    while (first != null && first.dueNanos <= end) {
      entries.poll();
      nowNanos = Math.max(nowNanos, first.dueNanos);
      first.task.run();
      first = entries.peek();
    }
    nowNanos = end;
  }

  /** Moves time while the thread of the timers gets no turn; they run with the next advance. */
  public void skipNanos(long nanos) {
    nowNanos += nanos;
  }

  /** Timers that wait. */
  public int timers() {
    return entries.size();
  }

  private record Entry(long dueNanos, long order, Runnable task) {}
}
