package dev.usher.sidecar.shaper;

import dev.usher.sidecar.stats.RateMeter;
import dev.usher.sidecar.stats.RatePerSecond;
import dev.usher.sidecar.stats.Retries;
import dev.usher.sidecar.stats.WaitHistogram;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * What is counted about the requests of one bucket. Written on the strand with opaque stores, which
 * cost what plain ones do; read by any thread.
 */
final class Tally {
  enum Count {
    HELD(0),
    WAITING(1),
    GRANTED(2),
    BORROWED(3),
    QUEUED(4),
    TIMED_OUT(5),
    CANCELLED(6),
    REJECTED(7),
    RETRIES(8),
    RETRIES_REFUSED(9);

    private final int cell;

    Count(int cell) {
      this.cell = cell;
    }
  }

  private static final int COUNTS = Count.values().length;

  private final AtomicLongArray counts = new AtomicLongArray(COUNTS);
  private final WaitHistogram assuredWaits = new WaitHistogram();
  private final WaitHistogram loanWaits = new WaitHistogram();
  private final RateMeter rate = new RateMeter();

  void add(Count what, long many) {
    counts.setOpaque(what.cell, counts.getPlain(what.cell) + many);
  }

  void granted(boolean borrowed, long waitedNanos, long nowNanos) {
    add(Count.GRANTED, 1);
    rate.mark(nowNanos);
    if (borrowed) {
      add(Count.BORROWED, 1);
      loanWaits.record(waitedNanos);
    } else {
      assuredWaits.record(waitedNanos);
    }
  }

  void left(Departure why) {
    switch (why) {
      case TIMED_OUT -> add(Count.TIMED_OUT, 1);
      case CANCELLED -> add(Count.CANCELLED, 1);
      case REJECTED -> add(Count.REJECTED, 1);
    }
  }

  void retried(boolean letIn) {
    add(letIn ? Count.RETRIES : Count.RETRIES_REFUSED, 1);
  }

  /**
   * Counts on from what was read before a restart.
   *
   * @param secondsAgo whole seconds since then
   */
  void resume(BucketMemory memory, long secondsAgo, long nowNanos) {
    rate.resume(memory.history(), secondsAgo, nowNanos);
    BucketView.Stats before = memory.stats();
    add(Count.GRANTED, before.granted());
    add(Count.BORROWED, before.borrowed());
    add(Count.QUEUED, before.queued());
    add(Count.TIMED_OUT, before.timedOut());
    add(Count.CANCELLED, before.cancelled());
    add(Count.REJECTED, before.rejected());
    add(Count.RETRIES, before.retries().made());
    add(Count.RETRIES_REFUSED, before.retries().refused());
  }

  RatePerSecond ratePerSecond(long nowNanos) {
    return rate.read(nowNanos);
  }

  BucketMemory memory(long nowNanos) {
    return new BucketMemory(stats(), rate.recent(nowNanos));
  }

  long get(Count what) {
    return counts.getOpaque(what.cell);
  }

  BucketView.Stats stats() {
    return new BucketView.Stats(
        get(Count.GRANTED),
        get(Count.BORROWED),
        get(Count.QUEUED),
        get(Count.TIMED_OUT),
        get(Count.CANCELLED),
        get(Count.REJECTED),
        new Retries(get(Count.RETRIES), get(Count.RETRIES_REFUSED)),
        assuredWaits.snapshot(),
        loanWaits.snapshot());
  }
}
