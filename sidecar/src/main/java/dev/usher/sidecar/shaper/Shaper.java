package dev.usher.sidecar.shaper;

import dev.usher.sidecar.shaper.Tally.Count;
import dev.usher.sidecar.shaper.Waiter.State;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A tree of buckets that shares tokens (requests in flight) among classes of requests. All methods
 * but {@link #view} belong to the strand. Time is an argument, monotonic nanoseconds.
 *
 * <p>Whoever drives it calls {@link #next} until it answers null after each of: {@link #release},
 * {@link #cancel}, {@link #resize}, {@link #reshape}, and the {@link #enqueue} of a retried waiter.
 * Then nothing waits that fits. A {@link Bucket} that has been removed stands, wherever one is
 * given, for the bucket that took over.
 */
public final class Shaper {
  private final Tree tree = new Tree();
  private final Contest contest = new Contest();
  private int capacity;
  private long ages = Waiter.NO_AGE;
  private volatile Layout layout;

  /**
   * A tree of capacity 0.
   *
   * @throws IllegalArgumentException when a name is used twice or is the root's
   */
  public Shaper(List<BucketSpec> buckets) {
    tree.reshape(buckets);
    tree.recount(capacity);
    layout = Layout.of(tree.root);
  }

  public Bucket root() {
    return tree.root;
  }

  /** The live bucket of that name, {@code root} included. */
  public @Nullable Bucket find(String name) {
    return tree.find(name);
  }

  /** Tokens of the root. */
  public int capacity() {
    return capacity;
  }

  /** Sets the tokens of the root. What is held stays held, even above the new capacity. */
  public void resize(int tokens) {
    if (tokens < 0) {
      throw new IllegalArgumentException("capacity: want 0 or more, got " + tokens);
    }
    capacity = tokens;
    recount();
  }

  /**
   * Puts a new tree in place of the old one. A bucket is known by its name: with the same name it
   * keeps tokens, waiters and statistics, wherever it is now. Tokens and waiters of a bucket that
   * is no more go to the nearest of its former parents that lives, the waiters in by age, with the
   * cost they had.
   *
   * @throws IllegalArgumentException when a name is used twice or is the root's; nothing has
   *     changed
   */
  public void reshape(List<BucketSpec> buckets) {
    tree.reshape(buckets);
    recount();
  }

  private void recount() {
    tree.recount(capacity);
    layout = Layout.of(tree.root);
  }

  /**
   * Takes tokens at once if nobody waits in the bucket and they fit; else the waiter stays idle.
   */
  public boolean tryTake(Waiter waiter, Bucket bucket, long nowNanos) {
    Leaf leaf = ask(waiter, bucket, nowNanos);
    if (leaf.oldest != null || !Contest.fits(leaf, waiter.cost)) {
      return false;
    }
    grant(waiter, leaf, nowNanos);
    if (tree.root.waiting > 0) {
      Tree.settle(leaf);
    }
    return true;
  }

  /** Queues an idle waiter: a new one at the end, one that asks again by its age. */
  public void enqueue(Waiter waiter, Bucket bucket, long nowNanos) {
    Leaf leaf = ask(waiter, bucket, nowNanos);
    leaf.insert(waiter);
    waiter.become(State.WAITING, leaf);
    contest.came(waiter.cost);
    Tree.wait(leaf, 1);
    Tree.settle(leaf);
    leaf.tally.add(Count.QUEUED, 1);
  }

  private Leaf ask(Waiter waiter, Bucket bucket, long nowNanos) {
    Bucket live = bucket.live();
    waiter.ask(live.spec.cost(), nowNanos, ages + 1);
    ages = Math.max(ages, waiter.age);
    return live.own;
  }

  /** Grants the first of all waiters that fits and returns it; null when none fits. */
  public @Nullable Waiter next(long nowNanos) {
    Leaf leaf = contest.champion(tree.root);
    if (leaf == null || leaf.oldest == null) {
      return null;
    }
    Waiter waiter = leaf.oldest;
    leave(waiter, leaf);
    grant(waiter, leaf, nowNanos);
    Tree.settle(leaf);
    return waiter;
  }

  private static void grant(Waiter waiter, Leaf leaf, long nowNanos) {
    waiter.borrowed = !leaf.isAssured();
    waiter.become(State.HOLDING, leaf);
    Tree.hold(leaf, waiter.cost);
    leaf.tally.granted(waiter.borrowed, nowNanos - waiter.askedNanos, nowNanos);
  }

  private void leave(Waiter waiter, Leaf leaf) {
    leaf.remove(waiter);
    contest.left(waiter.cost);
    Tree.wait(leaf, -1);
  }

  /** Gives a holder's tokens back. */
  public void release(Waiter waiter) {
    Leaf leaf = waiter.leafWhen(State.HOLDING);
    waiter.rest();
    Tree.hold(leaf, -waiter.cost);
    if (tree.root.waiting > 0) {
      Tree.settle(leaf);
    }
  }

  /** Takes a waiter out of its queue. */
  public void cancel(Waiter waiter, Departure why) {
    Leaf leaf = waiter.leafWhen(State.WAITING);
    waiter.rest();
    leave(waiter, leaf);
    Tree.settle(leaf);
    leaf.tally.left(why);
  }

  /** Counts a request that was turned away before it could wait. */
  public void reject(Bucket bucket) {
    bucket.live().own.tally.left(Departure.REJECTED);
  }

  /** Counts a request that wants tokens once more after a failed attempt, {@code letIn} or not. */
  public void countRetry(Bucket bucket, boolean letIn) {
    bucket.live().own.tally.retried(letIn);
  }

  /**
   * Counts a bucket's requests on from what was read before a restart.
   *
   * @param secondsAgo whole seconds since then
   */
  public void resume(Bucket bucket, BucketMemory before, long secondsAgo, long nowNanos) {
    bucket.live().own.tally.resume(before, secondsAgo, nowNanos);
  }

  /** Waiters of all buckets. */
  public int waiting() {
    return tree.root.waiting;
  }

  /**
   * Why the first waiter of a bucket waits. What fits and waits all the same waits for a backend.
   */
  public Explanation explain(Bucket bucket) {
    return Explainer.explain(bucket.live(), tree.root);
  }

  /** The whole tree now. By any thread; never stops the strand. */
  public BucketView view(long nowNanos) {
    return layout.view(nowNanos);
  }

  /** What is to be remembered of each bucket, by name. By any thread. */
  public Map<String, BucketMemory> memory(long nowNanos) {
    Map<String, BucketMemory> memory = new HashMap<>();
    layout.remember(nowNanos, memory);
    return memory;
  }
}
