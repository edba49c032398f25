package dev.usher.sidecar.stats;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counts events for each of the last 60 seconds, exact to the event. One thread at a time writes,
 * any reads without stopping it: a slot holds the second that it counts beside its count, so that
 * nothing has ever to be cleared. All meters of a process begin their seconds at the same moments.
 * Takes no room before its first event.
 */
public final class RateMeter {
  private static final int SECONDS = 60;
  private static final int SLOTS = 64;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  /** Of meters that have counted nothing. Never written to. */
  private static final AtomicLongArray EMPTY = new AtomicLongArray(SLOTS);

  private volatile AtomicLongArray slots = EMPTY;

  /** One event. [owner] */
  public void mark(long nowNanos) {
    AtomicLongArray mine = ownSlots();
    long second = second(nowNanos);
    int slot = slot(second);
    long held = mine.getPlain(slot);
    mine.setOpaque(slot, held >> 32 == second ? held + 1 : (second << 32) + 1);
  }

  /** The current second so far, last, and the 59 before it. [any] */
  public List<Integer> recent(long nowNanos) {
    long now = second(nowNanos);
    List<Integer> recent = new ArrayList<>(SECONDS);
    for (long second = now - SECONDS + 1; second <= now; second++) {
      recent.add(count(second));
    }
    return List.copyOf(recent);
  }

  /**
   * Goes on from what was read before a restart; before the first event. [owner]
   *
   * @param recent at most 60 numbers, the last being the second in which it was read
   * @param secondsAgo whole seconds since then
   */
  public void resume(List<Integer> recent, long secondsAgo, long nowNanos) {
    long now = second(nowNanos);
    for (int i = 0; i < recent.size(); i++) {
      long second = now - secondsAgo - (recent.size() - 1 - i);
      if (secondsAgo >= 0 && second >= now - SECONDS && recent.get(i) > 0) {
        ownSlots().setOpaque(slot(second), (second << 32) + recent.get(i));
      }
    }
  }

  private int count(long second) {
    long held = slots.getOpaque(slot(second));
    return held >> 32 == second ? (int) held : 0;
  }

  /** The 60 whole seconds before the current one. [any] */
  public RatePerSecond read(long nowNanos) {
    if (slots == EMPTY) {
      return RatePerSecond.NONE;
    }
    long now = second(nowNanos);
    List<Integer> history = new ArrayList<>(SECONDS);
    long sum = 0;
    int max = 0;
    int last = 0;
    for (long second = now - SECONDS; second < now; second++) {
      last = count(second);
      history.add(last);
      sum += last;
      max = Math.max(max, last);
    }
    return new RatePerSecond(last, (double) sum / SECONDS, max, List.copyOf(history));
  }

  private AtomicLongArray ownSlots() {
    AtomicLongArray mine = slots;
    if (mine == EMPTY) {
      mine = new AtomicLongArray(SLOTS);
      slots = mine;
    }
    return mine;
  }

  private static int slot(long second) {
    return (int) Math.floorMod(second, (long) SLOTS);
  }

  /** As many as fit beside a count; the clock may begin anywhere. */
  private static long second(long nowNanos) {
    return (int) Math.floorDiv(nowNanos, NANOS_PER_SECOND);
  }
}
