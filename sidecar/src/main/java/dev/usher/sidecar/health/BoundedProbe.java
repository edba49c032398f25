package dev.usher.sidecar.health;

import dev.usher.sidecar.backend.Target;
import dev.usher.sidecar.backend.check.HealthCheckSpec;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Lets so many probes be under way and no more, over all backends; others wait for their turn, the
 * first before the last, and their timeouts begin when they do. Never blocks. [any]
 */
public final class BoundedProbe implements Probe {
  /** Enough for 64 backends that answer nothing for their whole timeout. */
  public static final int MOST = 64;

  private final Probe probe;
  private final int most;
  private final Queue<Turn> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicInteger underWay = new AtomicInteger();

  /** Who raises it from 0 starts probes, for all who raise it meanwhile. */
  private final AtomicInteger starting = new AtomicInteger();

  public BoundedProbe(Probe probe, int most) {
    this.probe = probe;
    this.most = most;
  }

  @Override
  public void probe(Target target, HealthCheckSpec how, Consumer<Result> done) {
    waiting.add(new Turn(target, how, done));
    startSome();
  }

  /** A probe that ends within its start leaves the next one to whoever is starting. */
  private void startSome() {
    if (starting.getAndIncrement() != 0) {
      return;
    }
    int seen = 1;
    while (seen != 0) {
      Turn next;
      while (underWay.get() < most && (next = waiting.poll()) != null) {
        underWay.incrementAndGet();
        next.start();
      }
      seen = starting.addAndGet(-seen);
    }
  }

  private final class Turn {
    private final Target target;
    private final HealthCheckSpec how;
    private final Consumer<Result> done;
    private final AtomicBoolean over = new AtomicBoolean();

    Turn(Target target, HealthCheckSpec how, Consumer<Result> done) {
      this.target = target;
      this.how = how;
      this.done = done;
    }

    void start() {
      try {
        probe.probe(target, how, this::end);
      } catch (RuntimeException e) {
        end(new Result(false, "the probe could not begin: " + e.getMessage()));
      }
    }

    private void end(Result result) {
      if (over.compareAndSet(false, true)) {
        underWay.decrementAndGet();
        try {
          done.accept(result);
        } finally {
          startSome();
        }
      }
    }
  }
}
