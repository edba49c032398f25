package dev.usher.sidecar.health;

import dev.usher.sidecar.backend.Target;
import dev.usher.sidecar.backend.check.HealthCheckSpec;
import dev.usher.sidecar.time.Clock;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Lets so many probes be under way and no more, over all backends; others wait for their turn, and
 * their timeouts begin when it comes. Those that took long the last time wait in a line of their
 * own, and each line leaves places to the other: so a crowd of backends that answer nothing holds
 * up each other only. Never blocks. [any]
 */
public final class BoundedProbe implements Probe {
  /** Enough for 48 backends that answer nothing for their whole timeout. */
  public static final int MOST = 64;

  /** A line leaves one place of so many to the other line. */
  private static final int SHARE_OF_OTHERS = 4;

  private final Probe probe;
  private final Clock clock;
  private final int most;
  private final AtomicInteger underWay = new AtomicInteger();
  private final ProbeLine quick;
  private final ProbeLine slow;
  private final SlowTargets slowTargets = new SlowTargets();

  /** Who raises it from 0 starts probes, for all who raise it meanwhile. */
  private final AtomicInteger starting = new AtomicInteger();

  public BoundedProbe(Probe probe, int most, Clock clock) {
    this.probe = probe;
    this.clock = clock;
    this.most = most;
    this.quick = new ProbeLine(most - most / SHARE_OF_OTHERS);
    this.slow = new ProbeLine(most - most / SHARE_OF_OTHERS);
  }

  @Override
  public Pending probe(Target target, HealthCheckSpec how, Consumer<Result> done) {
    ProbeLine line = slowTargets.contains(target) ? slow : quick;
    Turn turn = new Turn(line, target, how, done);
    line.join(turn);
    startSome();
    return turn;
  }

  /** A probe that ends within its start leaves the next one to whoever is starting. */
  private void startSome() {
    if (starting.getAndIncrement() != 0) {
      return;
    }
    int seen = 1;
    while (seen != 0) {
      Turn next;
      while (underWay.get() < most && (next = next()) != null) {
        underWay.incrementAndGet();
        next.start();
      }
      seen = starting.addAndGet(-seen);
    }
  }

  /** How many wait for their turn. */
  int waiting() {
    return quick.waiting() + slow.waiting();
  }

  private @Nullable Turn next() {
    Turn first = quick.begin();
    return first == null ? slow.begin() : first;
  }

  /** One probe, from its place in the line to its end. */
  final class Turn implements Pending {
    private enum State {
      WAITING,
      UNDER_WAY,
      OVER
    }

    private final ProbeLine line;
    private final Target target;
    private final HealthCheckSpec how;
    private final Consumer<Result> done;
    private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);
    private long beganNanos;
    private volatile boolean cancelled;
    private volatile @Nullable Pending pending;

    Turn(ProbeLine line, Target target, HealthCheckSpec how, Consumer<Result> done) {
      this.line = line;
      this.target = target;
      this.how = how;
      this.done = done;
    }

    /** Whether it still waited; it has left the line then. */
    boolean begin() {
      return state.compareAndSet(State.WAITING, State.UNDER_WAY);
    }

    private void start() {
      beganNanos = clock.nanos();
      try {
        pending = probe.probe(target, how, this::end);
      } catch (RuntimeException e) {
        end(new Result(false, "the probe could not begin: " + e.getMessage()));
      }
      cancelIfAsked();
    }

    private void end(Result result) {
      if (state.compareAndSet(State.UNDER_WAY, State.OVER)) {
        if (!cancelled) {
          slowTargets.learn(target, how, clock.nanos() - beganNanos);
        }
        underWay.decrementAndGet();
        line.end();
        try {
          done.accept(result);
        } finally {
          startSome();
        }
      }
    }

    @Override
    public void cancel() {
      cancelled = true;
      if (state.compareAndSet(State.WAITING, State.OVER)) {
        line.leave(this);
        done.accept(new Result(false, "called off"));
      } else {
        cancelIfAsked();
      }
    }

    /** Whichever comes later, the beginning or the cancelling, finds what the other has set. */
    private void cancelIfAsked() {
      Pending begun = pending;
      if (cancelled && begun != null) {
        begun.cancel();
      }
    }
  }
}
