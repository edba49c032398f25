package dev.usher.sidecar.health;

import dev.usher.sidecar.backend.Backend;
import dev.usher.sidecar.time.Timers;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Lets a backend that has come back take more by and by: from 10 % of its capacity to all of it in
 * steps of 1 %, evenly over slow-start. [S]
 */
public final class WarmUp {
  private static final int FIRST_PERCENT = 10;
  private static final int LAST_PERCENT = 100;

  private final Backend backend;
  private final HealthPorts ports;
  private long lengthNanos;
  private boolean warming;
  private long beganNanos;

  /** Set to the next step while it is warming. */
  private Timers.@Nullable Timer timer;

  /** What was planned before the last beginning or end means nothing now. */
  private int turn;

  public WarmUp(Backend backend, Duration slowStart, HealthPorts ports) {
    this.backend = backend;
    this.ports = ports;
    this.lengthNanos = slowStart.toNanos();
  }

  /** Another length; what has begun goes on as if it had had that from its beginning. */
  public void configure(Duration slowStart) {
    boolean changed = lengthNanos != slowStart.toNanos();
    lengthNanos = slowStart.toNanos();
    if (changed && warming) {
      step();
    }
  }

  /** The backend can be used again, from now on. */
  public void begin() {
    warming = true;
    beganNanos = ports.clock().nanos();
    step();
  }

  /** The backend cannot be used any more, or is no more. */
  public void stop() {
    end();
    backend.warm(LAST_PERCENT);
  }

  private void step() {
    end();
    long passed = ports.clock().nanos() - beganNanos;
    if (passed >= lengthNanos) {
      warming = false;
      backend.warm(LAST_PERCENT);
      return;
    }
    warming = true;
    int steps = (int) part(passed, LAST_PERCENT - FIRST_PERCENT, lengthNanos);
    backend.warm(FIRST_PERCENT + steps);
    long next = -part(-(steps + 1L), lengthNanos, LAST_PERCENT - FIRST_PERCENT);
    int planned = turn;
    timer =
        ports
            .timers()
            .after(next - passed, () -> ports.strand().execute(() -> stepIfPlanned(planned)));
  }

  private void stepIfPlanned(int planned) {
    if (planned == turn) {
      step();
    }
  }

  /** {@code a * b / c}, rounded down; a year in nanoseconds times 90 fits. */
  private static long part(long a, long b, long c) {
    return Math.floorDiv(a * b, c);
  }

  private void end() {
    turn++;
    warming = false;
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }
}
