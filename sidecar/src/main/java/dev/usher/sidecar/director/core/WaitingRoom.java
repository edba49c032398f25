package dev.usher.sidecar.director.core;

import dev.usher.sidecar.shaper.Bucket;
import dev.usher.sidecar.shaper.Departure;
import dev.usher.sidecar.shaper.Shaper;
import dev.usher.sidecar.stats.LevelMeter;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Who waits, and until when. The shaper keeps the order of the queues; here is the time: a request
 * may wait for queue-timeout in all, over all its waits, and until its own deadline at most. [S]
 */
final class WaitingRoom {
  private final Shaper shaper;
  private final LevelMeter queued;
  private final Alarm alarm;
  private final DeadlineQueue deadlines = new DeadlineQueue();

  WaitingRoom(Shaper shaper, LevelMeter queued, Alarm alarm) {
    this.shaper = shaper;
    this.queued = queued;
    this.alarm = alarm;
  }

  /**
   * @param timeout what a request may wait that has not waited yet
   */
  void enter(Job job, Bucket bucket, Duration timeout, long nowNanos) {
    if (!job.hasWaited) {
      job.hasWaited = true;
      job.waitBudgetNanos = timeout.toNanos();
    }
    job.waitFrom(nowNanos);
    shaper.enqueue(job, bucket, nowNanos);
    deadlines.add(job);
    queued.up();
  }

  /** Whom the shaper has granted. */
  void release(Job job, long nowNanos) {
    deadlines.remove(job);
    queued.down();
    job.waitBudgetNanos -= nowNanos - job.waitingSinceNanos;
  }

  /** Whoever goes without a grant. */
  void expel(Job job, Departure why, long nowNanos) {
    release(job, nowNanos);
    shaper.cancel(job, why);
  }

  /** Whoever must go first; null when nobody waits. */
  @Nullable Job first() {
    return deadlines.first();
  }

  /** Whose time is over; null when nobody's is. */
  @Nullable Job overdue(long nowNanos) {
    Job job = deadlines.first();
    return job != null && nowNanos - job.deadlineNanos >= 0 ? job : null;
  }

  /** Sets the alarm for the earliest deadline. */
  void setAlarm(long nowNanos) {
    Job first = deadlines.first();
    if (first != null) {
      alarm.wakeAt(first.deadlineNanos, nowNanos);
    }
  }
}
