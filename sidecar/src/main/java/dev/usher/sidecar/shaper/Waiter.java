package dev.usher.sidecar.shaper;

import org.jspecify.annotations.Nullable;

/**
 * A request as the shaper sees it. The director's own object for the request extends this, so that
 * queues link their members without allocating. Everything here belongs to the strand.
 *
 * <p>It asks, waits or not, holds, gives back; and may then ask again (a retry), with the age of
 * its first time. Each step is possible once, anything else is an {@link IllegalStateException}: a
 * token cannot be given back twice.
 */
public abstract class Waiter {
  enum State {
    IDLE,
    WAITING,
    HOLDING
  }

  static final long NO_AGE = 0;

  State state = State.IDLE;

  /** Where it waits or holds; meaningless while idle. */
  @Nullable Leaf leaf;

  int cost;

  /** Place in the order of first asking, over all buckets; smaller is older. */
  long age = NO_AGE;

  /** Whether the current attempt has begun, and when. */
  boolean asking;

  long askedNanos;
  boolean borrowed;
  @Nullable Waiter older;
  @Nullable Waiter younger;

  protected Waiter() {}

  public final boolean isWaiting() {
    return state == State.WAITING;
  }

  public final boolean isHolding() {
    return state == State.HOLDING;
  }

  /**
   * Where it waits or holds tokens now: after its bucket was removed, the one that took over; null
   * while it does neither.
   */
  public final @Nullable Bucket bucket() {
    return leaf == null ? null : leaf.bucket().live();
  }

  /** Whether the last grant was a loan. */
  public final boolean borrowed() {
    return borrowed;
  }

  /** Begins an attempt, or goes on with the one that has begun. */
  final void ask(int tokens, long nowNanos, long nextAge) {
    expect(State.IDLE);
    cost = tokens;
    if (age == NO_AGE) {
      age = nextAge;
    }
    if (!asking) {
      asking = true;
      askedNanos = nowNanos;
    }
  }

  final void become(State next, Leaf where) {
    state = next;
    leaf = where;
  }

  /** Ends an attempt. */
  final void rest() {
    state = State.IDLE;
    leaf = null;
    asking = false;
  }

  /** Where it is, checked to be in {@code wanted}. */
  final Leaf leafWhen(State wanted) {
    expect(wanted);
    if (leaf == null) {
      throw new IllegalStateException("a waiter that is " + state + " without a bucket");
    }
    return leaf.bucket().live().own;
  }

  private void expect(State wanted) {
    if (state != wanted) {
      throw new IllegalStateException("waiter: want " + wanted + ", got " + state);
    }
  }
}
