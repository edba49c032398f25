package dev.usher.sidecar.health;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Probes that wait for their turn, the first before the last, and have so many places. [any] */
final class ProbeLine {
  private final int places;
  private final Queue<BoundedProbe.Turn> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicInteger taken = new AtomicInteger();

  ProbeLine(int places) {
    this.places = places;
  }

  void join(BoundedProbe.Turn turn) {
    waiting.add(turn);
  }

  void leave(BoundedProbe.Turn turn) {
    waiting.remove(turn);
  }

  /** The first one, which takes a place until {@link #end}; by one thread at a time. */
  BoundedProbe.@Nullable Turn begin() {
    if (taken.get() >= places) {
      return null;
    }
    BoundedProbe.Turn next = waiting.poll();
    while (next != null && !next.begin()) {
      next = waiting.poll();
    }
    if (next != null) {
      taken.incrementAndGet();
    }
    return next;
  }

  int waiting() {
    return waiting.size();
  }

  void end() {
    taken.decrementAndGet();
  }
}
