package dev.usher.sidecar.strand;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The serial executor without a thread of its own: a task runs in the calling thread when nobody is
 * inside, else it is left in a mailbox for the thread that is. No thread ever waits to get in (the
 * queue-drain idiom of Reactive Streams implementations).
 *
 * <p>{@code pending} counts tasks posted and not finished. Who raises it from 0 is inside until it
 * is 0 again. A task is put into the mailbox before it is counted, so the thread inside may run it
 * on the count of another one, which then stays in the mailbox although nobody is inside; whoever
 * put the first one there is about to come in for it. Therefore nobody passes a mailbox that holds
 * something: a thread cannot overtake itself.
 */
public final class Strand implements Serial {
  private final AtomicInteger pending = new AtomicInteger();
  private final ConcurrentLinkedQueue<Runnable> mailbox = new ConcurrentLinkedQueue<>();
  private final Consumer<Throwable> onBug;

  // Owned by the thread inside; handed over through `pending`.
  private @Nullable Effect firstEffect;
  private @Nullable Effect lastEffect;

  /**
   * @param onBug told of anything that a task or an effect throws; the strand goes on
   */
  public Strand(Consumer<Throwable> onBug) {
    this.onBug = onBug;
  }

  @Override
  public void post(Runnable task) {
    if (pending.compareAndSet(0, 1)) {
      if (mailbox.isEmpty()) {
        attempt(task);
      } else {
        mailbox.add(task);
        runNext();
      }
    } else {
      mailbox.add(task);
      if (pending.getAndIncrement() != 0) {
        return;
      }
      runNext();
    }
    letGo();
  }

  @Override
  public void afterwards(Effect effect) {
    Effect last = lastEffect;
    if (last == null) {
      firstEffect = effect;
    } else {
      last.next = effect;
    }
    lastEffect = effect;
  }

  /** Called with one finished task not yet counted off. */
  private void letGo() {
    Effect first = null;
    Effect last = null;
    while (true) {
      // The effects must be ours before the count says that we are out.
      if (firstEffect != null) {
        if (last == null) {
          first = firstEffect;
        } else {
          last.next = firstEffect;
        }
        last = lastEffect;
        firstEffect = null;
        lastEffect = null;
      }
      if (pending.decrementAndGet() == 0) {
        break;
      }
      runNext();
    }
    runAll(first);
  }

  private void runNext() {
    Runnable task = mailbox.poll();
    if (task == null) {
      throw new IllegalStateException("strand: a task was counted that is not in the mailbox");
    }
    attempt(task);
  }

  private void runAll(@Nullable Effect first) {
    Effect effect = first;
    while (effect != null) {
      // Read before running: the effect may be deferred again as soon as it has run.
      Effect following = effect.next;
      effect.next = null;
      try {
        effect.run();
      } catch (Throwable e) {
        onBug.accept(e);
      }
      effect = following;
    }
  }

  private void attempt(Runnable task) {
    try {
      task.run();
    } catch (Throwable e) {
      onBug.accept(e);
    }
  }
}
