package dev.usher.sidecar.director.core;

import dev.usher.bucket.BucketName;
import dev.usher.sidecar.director.admission.Admission;
import dev.usher.sidecar.director.admission.Outcome;
import dev.usher.sidecar.director.admission.Reason;
import dev.usher.sidecar.director.budget.RetryBudgets;
import dev.usher.sidecar.director.spec.DirectorSpec;
import dev.usher.sidecar.schedule.Scheduler;
import dev.usher.sidecar.shaper.Bucket;
import dev.usher.sidecar.shaper.Departure;
import dev.usher.sidecar.shaper.Shaper;
import dev.usher.sidecar.shaper.Waiter;
import dev.usher.sidecar.strand.Effect;
import dev.usher.sidecar.strand.Serial;
import dev.usher.sidecar.time.Dice;
import org.jspecify.annotations.Nullable;

/**
 * Decides who gets a token and a backend. Everything here runs on the strand [S]; time is an
 * argument. Each method leaves the core at rest: capacity up to date and nothing waiting that fits.
 */
final class DirectorCore {
  private final DirectorHandle handle;
  private final Serial strand;
  private final Dice dice;
  private final Shaper shaper;
  private final WaitingRoom waiting;
  private final Roster roster;
  private final Peers peers;
  private final DirectorMeters meters;
  private final RetryBudgets budgets = new RetryBudgets();
  private DirectorSpec.Settings settings;
  private Scheduler scheduler;
  private boolean capacityStale = true;

  /** Why nobody enters any more; null while they may. */
  private @Nullable Reason closed;

  DirectorCore(
      DirectorHandle handle,
      Serial strand,
      Dice dice,
      Shaper shaper,
      WaitingRoom waiting,
      Roster roster,
      Peers peers,
      DirectorMeters meters,
      DirectorSpec.Settings settings) {
    this.handle = handle;
    this.strand = strand;
    this.dice = dice;
    this.shaper = shaper;
    this.waiting = waiting;
    this.roster = roster;
    this.peers = peers;
    this.meters = meters;
    this.settings = settings;
    this.scheduler = Scheduler.of(settings.scheduler(), dice);
  }

  /** A request arrives. */
  void ask(Job job, long nowNanos) {
    if (job.isCancelled()) {
      return;
    }
    if (closed != null) {
      refuse(job, closed);
    } else if (!settings.enabled()) {
      refuse(job, Reason.DISABLED);
    } else if (job.ask.isOver(nowNanos)) {
      refuse(job, Reason.DEADLINE);
    } else if (job.ask.pinnedBackend() != null) {
      askPinned(job, job.ask.pinnedBackend(), nowNanos);
    } else {
      Bucket bucket = bucketOf(job);
      countIfUnknown(job, bucket);
      askShaper(job, bucket, nowNanos);
    }
  }

  private void askShaper(Job job, Bucket bucket, long nowNanos) {
    if (roster.hasRoom() && shaper.tryTake(job, bucket, nowNanos)) {
      budgets.onRequest(bucket.name(), nowNanos);
      grant(job, nowNanos);
    } else if (isUnavailable()) {
      turnAway(job, bucket, Reason.UNAVAILABLE);
    } else if (shaper.waiting() >= settings.queueLimit()) {
      turnAway(job, bucket, Reason.QUEUE_FULL);
    } else if (settings.timeouts().queue().isZero()) {
      turnAway(job, bucket, Reason.QUEUE_TIMEOUT);
    } else {
      budgets.onRequest(bucket.name(), nowNanos);
      enqueue(job, bucket, nowNanos);
      waiting.setAlarm(nowNanos);
    }
  }

  private void countIfUnknown(Job job, Bucket bucket) {
    String name = job.ask.bucket();
    if (name != null && !bucket.name().equals(name)) {
      meters.unknownBucket.increment();
    }
  }

  private void turnAway(Job job, Bucket bucket, Reason reason) {
    shaper.reject(bucket);
    refuse(job, reason);
  }

  private void askPinned(Job job, String name, long nowNanos) {
    BackendSlot slot = roster.find(name);
    if (slot == null) {
      refuse(job, Reason.NO_BACKEND);
    } else if (!slot.backend.isWell()) {
      refuse(job, Reason.BACKEND_OFFLINE);
    } else if (!slot.backend.isAvailable()) {
      refuse(job, Reason.BACKEND_DISABLED);
    } else if (!slot.backend.hasRoom()) {
      refuse(job, Reason.BACKEND_FULL);
    } else {
      lend(job, slot, BucketName.ROOT, nowNanos);
    }
  }

  /** The client of a request is gone. */
  void cancel(Job job, long nowNanos) {
    if (job.isWaiting()) {
      waiting.expel(job, Departure.CANCELLED, nowNanos);
      settle(nowNanos);
    }
  }

  /** An attempt has ended for good. */
  void release(Grant grant, Outcome outcome, long nowNanos) {
    end(grant, outcome, nowNanos);
    settle(nowNanos);
  }

  /** An attempt has failed and the request wants another backend; it keeps its age. */
  void retry(Grant grant, Outcome outcome, long nowNanos) {
    // Of a backend that was cut: not its failure, so it costs nothing.
    boolean isFree = !roster.slots().contains(grant.slot);
    if (!isFree) {
      grant.job.attempts++;
    }
    grant.job.avoid = grant.slot.backend;
    end(grant, outcome, nowNanos);
    readmit(grant.job, isFree, nowNanos);
    settle(nowNanos);
  }

  /**
   * A grant was revoked before its requester heard of it: that was no attempt, and the request goes
   * on asking.
   */
  void askAgain(Grant grant, long nowNanos) {
    end(grant, Outcome.CLIENT_GONE, nowNanos);
    if (grant.job.ask.pinnedBackend() != null) {
      ask(grant.job, nowNanos);
    } else {
      readmit(grant.job, true, nowNanos);
    }
    settle(nowNanos);
  }

  /**
   * @param isFree whether it does not count as a retry
   */
  private void readmit(Job job, boolean isFree, long nowNanos) {
    refreshCapacity();
    if (job.isCancelled()) {
      return;
    }
    if (closed != null) {
      refuse(job, closed);
    } else if (job.ask.isOver(nowNanos)) {
      refuse(job, Reason.DEADLINE);
    } else if (job.ask.pinnedBackend() != null || job.attempts > settings.maxRetryCount()) {
      refuse(job, Reason.RETRIES_EXHAUSTED);
    } else if (!settings.enabled()) {
      refuse(job, Reason.DISABLED);
    } else if (isUnavailable()) {
      refuse(job, Reason.UNAVAILABLE);
    } else if (!isFree && !isWithinBudget(job, nowNanos)) {
      refuse(job, Reason.RETRY_BUDGET);
    } else {
      enqueue(job, bucketOf(job), nowNanos);
    }
  }

  private boolean isWithinBudget(Job job, long nowNanos) {
    Bucket bucket = bucketOf(job);
    boolean letIn = budgets.tryRetry(bucket.name(), settings.retry(), nowNanos);
    shaper.countRetry(bucket, letIn);
    (letIn ? meters.retries : meters.retriesRefused).increment();
    return letIn;
  }

  /** A backend can take more or less than before, or may. */
  void onBackendChange() {
    capacityStale = true;
  }

  /** There are other buckets than before. */
  void onBucketsChange() {
    budgets.keepOnly(name -> shaper.find(name) != null);
  }

  /** New settings; waiters keep the deadlines that they have. */
  void configure(DirectorSpec.Settings changed) {
    if (changed.scheduler() != settings.scheduler()) {
      scheduler = Scheduler.of(changed.scheduler(), dice);
    }
    settings = changed;
  }

  /** The director is no more: nobody waits or enters; what runs, ends as it would have. */
  void remove(long nowNanos) {
    close(Reason.NO_DIRECTOR, nowNanos);
  }

  /** The sidecar ends: nobody waits or enters, for that reason. */
  void shutDown(long nowNanos) {
    close(Reason.SHUTTING_DOWN, nowNanos);
  }

  private void close(Reason why, long nowNanos) {
    closed = why;
    settle(nowNanos);
  }

  /**
   * Brings the core to rest. Must follow whatever may have changed what fits, and the moment when a
   * waiter has to leave. Nobody is granted from that moment on, however late the alarm rings.
   */
  void settle(long nowNanos) {
    refreshCapacity();
    expelOverdue(nowNanos);
    Reason reason = noneMayWait();
    Job first;
    while (reason != null && (first = waiting.first()) != null) {
      expel(first, Departure.REJECTED, reason, nowNanos);
    }
    while (roster.hasRoom()) {
      Waiter waiter = shaper.next(nowNanos);
      if (waiter == null) {
        break;
      }
      Job job = (Job) waiter;
      waiting.release(job, nowNanos);
      grant(job, nowNanos);
    }
    waiting.setAlarm(nowNanos);
  }

  private void expelOverdue(long nowNanos) {
    Job job;
    while ((job = waiting.overdue(nowNanos)) != null) {
      expel(job, Departure.TIMED_OUT, job.reasonToLeave(), nowNanos);
    }
  }

  private @Nullable Reason noneMayWait() {
    if (closed != null) {
      return closed;
    }
    if (!settings.enabled()) {
      return Reason.DISABLED;
    }
    return isUnavailable() ? Reason.UNAVAILABLE : null;
  }

  private boolean isUnavailable() {
    return !settings.enqueueOnUnavailable() && !roster.isAvailable();
  }

  private void refreshCapacity() {
    if (capacityStale) {
      peers.keepMinCapacity();
      capacityStale = false;
      shaper.resize(roster.capacity());
    }
  }

  /** The bucket that the request named; else whoever took over from it; else the root. */
  private Bucket bucketOf(Job job) {
    String name = job.ask.bucket();
    Bucket named = name == null ? null : shaper.find(name);
    if (named != null) {
      job.home = named;
    }
    return job.home == null ? shaper.root() : job.home.live();
  }

  private void enqueue(Job job, Bucket bucket, long nowNanos) {
    waiting.enter(job, bucket, settings.timeouts().queue(), nowNanos);
  }

  private void expel(Job job, Departure why, Reason reason, long nowNanos) {
    waiting.expel(job, why, nowNanos);
    refuse(job, reason);
  }

  private void grant(Job job, long nowNanos) {
    BackendSlot slot = roster.choose(scheduler, job.avoid);
    Bucket bucket = job.bucket();
    if (slot == null || bucket == null) {
      throw new IllegalStateException("director: tokens were taken with no backend to spend them");
    }
    lend(job, slot, bucket.name(), nowNanos);
  }

  private void lend(Job job, BackendSlot slot, String bucket, long nowNanos) {
    slot.backend.take();
    slot.monitor.onRequest(nowNanos);
    slot.rate.mark(nowNanos);
    meters.load.up();
    meters.rate.mark(nowNanos);
    Grant grant = new Grant(handle, job, slot, bucket, settings);
    slot.leases.add(grant);
    strand.afterwards(grant);
  }

  private void end(Grant grant, Outcome outcome, long nowNanos) {
    BackendSlot slot = grant.slot;
    slot.leases.remove(grant);
    slot.backend.giveBack();
    slot.monitor.onRequest(nowNanos);
    meters.load.down();
    if (outcome == Outcome.DEADLINE) {
      meters.deadlineExceeded.increment();
    }
    if (grant.job.isHolding()) {
      shaper.release(grant.job);
    }
    Verdict.tell(grant, outcome, nowNanos);
  }

  private void refuse(Job job, Reason reason) {
    meters.dropped.increment();
    if (reason == Reason.DEADLINE) {
      meters.deadlineExceeded.increment();
    }
    strand.afterwards(Effect.of(() -> job.deliver(new Admission.Refused(reason))));
  }
}
