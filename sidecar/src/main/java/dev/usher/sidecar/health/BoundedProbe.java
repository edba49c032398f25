package dev.usher.sidecar.health;

import dev.usher.sidecar.backend.Target;
import dev.usher.sidecar.backend.check.HealthCheckSpec;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Lets so many probes be under way at a time; others wait, first come first served, and their
 * timeout begins when they are sent. No thread waits: one at a time sends what there are places
 * for, whoever comes meanwhile leaves it to that one (the queue-drain idiom, as in the strand), so
 * probes that answer at once do not nest either. [any]
 */
public final class BoundedProbe implements Probe {
  /** For all directors together. */
  public static final int MOST_UNDER_WAY = 64;

  private static final Result NOT_SENT = new Result(false, "it could not be sent");

  private final Probe probe;
  private final int mostUnderWay;
  private final Consumer<Throwable> onBug;
  private final Queue<Waiting> waiting = new ConcurrentLinkedQueue<>();

  /** Raised by the thread that sends only. */
  private final AtomicInteger underWay = new AtomicInteger();

  /** Reasons to look whether one may be sent; who raises it from 0 sends until it is 0 again. */
  private final AtomicInteger reasons = new AtomicInteger();

  /**
   * @param onBug told of anything that a probe or who asked for it throws; must not throw
   */
  public BoundedProbe(Probe probe, int mostUnderWay, Consumer<Throwable> onBug) {
    this.probe = probe;
    this.mostUnderWay = mostUnderWay;
    this.onBug = onBug;
  }

  @Override
  public void probe(Target target, HealthCheckSpec how, Consumer<Result> done) {
    waiting.add(new Waiting(target, how, done));
    sendWhatFits();
  }

  private void sendWhatFits() {
    if (reasons.getAndIncrement() != 0) {
      return;
    }
    int seen;
    do {
      seen = reasons.get();
      while (underWay.get() < mostUnderWay && sendNext()) {}
    } while (reasons.addAndGet(-seen) != 0);
  }

  private boolean sendNext() {
    Waiting next = waiting.poll();
    if (next == null) {
      return false;
    }
    underWay.incrementAndGet();
    next.send();
    return true;
  }

  /** One probe that waits or is under way. */
  private final class Waiting {
    private final Target target;
    private final HealthCheckSpec how;
    private final Consumer<Result> done;
    private final AtomicBoolean told = new AtomicBoolean();

    Waiting(Target target, HealthCheckSpec how, Consumer<Result> done) {
      this.target = target;
      this.how = how;
      this.done = done;
    }

    void send() {
      try {
        probe.probe(target, how, this::tell);
      } catch (Throwable e) {
        onBug.accept(e);
        tell(NOT_SENT);
      }
    }

    /** The first time counts: the place is given back once. */
    private void tell(Result result) {
      if (told.getAndSet(true)) {
        return;
      }
      try {
        done.accept(result);
      } catch (Throwable e) {
        onBug.accept(e);
      } finally {
        underWay.decrementAndGet();
        sendWhatFits();
      }
    }
  }
}
