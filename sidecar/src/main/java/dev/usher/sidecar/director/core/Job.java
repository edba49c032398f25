package dev.usher.sidecar.director.core;

import dev.usher.sidecar.backend.Backend;
import dev.usher.sidecar.director.admission.Admission;
import dev.usher.sidecar.director.admission.Ask;
import dev.usher.sidecar.director.admission.Reason;
import dev.usher.sidecar.director.admission.Ticket;
import dev.usher.sidecar.shaper.Bucket;
import dev.usher.sidecar.shaper.Waiter;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A request inside the director, from its first ask to its end. Its fields belong to the strand,
 * except {@code answer}, where the thread that delivers an admission and the thread that cancels
 * meet. As a task of the strand it is its own first ask.
 */
final class Job extends Waiter implements Ticket, Runnable {
  static final int NOT_IN_QUEUE = -1;

  /** Whether the requester has heard. */
  private enum Answer {
    OPEN,
    DELIVERED,
    CANCELLED
  }

  final Ask ask;
  private final DirectorHandle handle;
  private final AtomicReference<Answer> answer = new AtomicReference<>(Answer.OPEN);

  /** Backends tried so far. */
  int attempts;

  /** The bucket that it named, once there was one; its heirs after that. */
  @Nullable Bucket home;

  /** Whether a backend has closed on it without an answer; it may be what breaks them. */
  boolean wasReset;

  /** The backend of the last failed attempt, to be avoided. */
  @Nullable Backend avoid;

  /** How much longer it may wait, over all its waits; valid once it has waited. */
  long waitBudgetNanos;

  boolean hasWaited;
  long waitingSinceNanos;

  /** When it leaves the queue: its own deadline, or the end of its waiting. */
  long deadlineNanos;

  int deadlineIndex = NOT_IN_QUEUE;

  Job(Ask ask, DirectorHandle handle) {
    this.ask = ask;
    this.handle = handle;
  }

  /** Waits from now on, for what is left of its time. [S] */
  void waitFrom(long nowNanos) {
    waitingSinceNanos = nowNanos;
    long endNanos = nowNanos + waitBudgetNanos;
    boolean isEarlier = ask.hasDeadline() && ask.deadlineNanos() - endNanos <= 0;
    deadlineNanos = isEarlier ? ask.deadlineNanos() : endNanos;
  }

  /** Why it leaves the queue at {@code deadlineNanos}. [S] */
  Reason reasonToLeave() {
    return ask.hasDeadline() && deadlineNanos == ask.deadlineNanos()
        ? Reason.DEADLINE
        : Reason.QUEUE_TIMEOUT;
  }

  /** The first ask. [S] */
  @Override
  public void run() {
    handle.ask(this);
  }

  @Override
  public void cancel() {
    if (answer.compareAndSet(Answer.OPEN, Answer.CANCELLED)) {
      handle.cancel(this);
    }
  }

  boolean isCancelled() {
    return answer.get() == Answer.CANCELLED;
  }

  /** The requester asks once more and has not heard. */
  void reopen() {
    answer.compareAndSet(Answer.DELIVERED, Answer.OPEN);
  }

  /** Tells the requester; false when it has cancelled and hears nothing. */
  boolean deliver(Admission admission) {
    if (!answer.compareAndSet(Answer.OPEN, Answer.DELIVERED)) {
      return false;
    }
    ask.requester().onAdmission(admission);
    return true;
  }
}
