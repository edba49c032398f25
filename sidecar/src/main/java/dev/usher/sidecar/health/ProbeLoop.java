package dev.usher.sidecar.health;

import dev.usher.sidecar.backend.Target;
import dev.usher.sidecar.backend.check.HealthCheckSpec;
import dev.usher.sidecar.time.Timers;
import org.jspecify.annotations.Nullable;

/**
 * The probes of one backend, never two at once: one that falls due while another is under way
 * follows its answer. [S]
 */
final class ProbeLoop {

  /** Whose probes they are. */
  interface Owner {
    /** The time has come: {@link #send} a probe, or {@link #plan} another time. */
    void onDue();

    /** What the probe that was sent last has found, if it still means something. */
    void onResult(Probe.Result result);

    /** A probe is over, whether its result means something or not. */
    void onOver();
  }

  private final HealthPorts ports;
  private final Owner owner;

  /** Set to the next probe; null while none is planned, or one is due. */
  private Timers.@Nullable Timer timer;

  private boolean underWay;

  /** The probe that was sent last. */
  private Probe.@Nullable Pending sent;

  private boolean due;

  /** What was planned or sent in another turn means nothing now. */
  private int turn;

  private int sentTurn = -1;

  ProbeLoop(HealthPorts ports, Owner owner) {
    this.ports = ports;
    this.owner = owner;
  }

  /** The next probe is due in {@code delayNanos}; a result that is still to come means nothing. */
  void plan(long delayNanos) {
    forget();
    int planned = turn;
    timer = ports.timers().after(delayNanos, () -> ports.strand().execute(() -> onTimer(planned)));
  }

  /** No probe is planned; a result that is still to come means nothing. */
  void forget() {
    turn++;
    due = false;
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }

  /** Whether another probe will fall due, or is. */
  boolean isPlanned() {
    return timer != null || due;
  }

  /** Whether a probe is under way whose result means something. */
  boolean isAwaited() {
    return underWay && sentTurn == turn;
  }

  /** Sends a probe: only when it is due. */
  void send(Target target, HealthCheckSpec how) {
    underWay = true;
    sentTurn = turn;
    sent =
        ports.probe().probe(target, how, result -> ports.strand().execute(() -> onAnswer(result)));
  }

  /** As {@link #forget}; and a probe that is under way ends as soon as it can. */
  void abandon() {
    forget();
    if (underWay && sent != null) {
      sent.cancel();
    }
  }

  private void onTimer(int planned) {
    if (planned != turn) {
      return;
    }
    timer = null;
    if (underWay) {
      due = true;
    } else {
      owner.onDue();
    }
  }

  private void onAnswer(Probe.Result result) {
    boolean awaited = isAwaited();
    underWay = false;
    owner.onOver();
    if (awaited) {
      owner.onResult(result);
    } else if (due) {
      due = false;
      owner.onDue();
    }
  }
}
