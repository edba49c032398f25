package dev.usher.sidecar.health.outlier;

import dev.usher.sidecar.backend.Backend;
import dev.usher.sidecar.health.HealthPorts;
import dev.usher.sidecar.health.outlier.OutlierView.State;
import dev.usher.sidecar.time.Timers;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Judges one backend by how its requests end. An outlier gets no requests for some time, then one;
 * when that is answered it is in again, else it is out for twice as long. The time is forgotten
 * once it has stayed in for the longest. [S]; {@link #view} may be read by [any].
 */
public final class OutlierWatch {
  private static final int NOBODY = 0;
  private static final int ONE = 1;

  /** Differences shorter than this are no reason, whatever their factor. */
  private static final long LEAST_EXCESS_NANOS = Duration.ofMillis(10).toNanos();

  /** What the others are like, and who wants to know. Called on the strand. */
  public interface Peers {
    /** Whether the others can do without it, as far as min-capacity goes. */
    boolean canSpare(Backend backend);

    /** The median of the others' mean times to an answer; negative when too little is known. */
    long medianNanos(Backend backend);

    /**
     * It was taken out, or is in again.
     *
     * @param what for people to read
     */
    void onChange(boolean in, String what);
  }

  private final Backend backend;
  private final HealthPorts ports;
  private final Peers peers;
  private final RequestWindow window;
  private OutlierSpec spec;
  private volatile OutlierView view = OutlierView.NEVER;
  private int failuresInRow;

  /** When it was compared with its peers last: once in each step of the window. */
  private long comparedStep;

  /** How often in a row it was taken out; the time doubles with it. */
  private int often;

  /** When it came in last. */
  private long inNanos;

  private int epoch;

  /** Set to the trial while it is out. */
  private Timers.@Nullable Timer timer;

  public OutlierWatch(Backend backend, OutlierSpec spec, HealthPorts ports, Peers peers) {
    this.backend = backend;
    this.spec = spec;
    this.ports = ports;
    this.peers = peers;
    this.inNanos = now();
    this.window = new RequestWindow(spec.window().toNanos(), now());
  }

  /** Other rules: who is out stays so for the time that was set, unless nobody is judged now. */
  public void configure(OutlierSpec changed) {
    spec = changed;
    window.resize(changed.window().toNanos(), now());
    if (!changed.enabled()) {
      reset();
    }
  }

  /** The backend has become another one, has gone offline or is no more: nothing is known of it. */
  public void reset() {
    window.clear();
    failuresInRow = 0;
    often = 0;
    epoch++;
    if (view.state() != State.IN) {
      enter(State.IN, view.cause());
      inNanos = now();
    }
  }

  /** A request failed there. */
  public void onFailure(long nowNanos) {
    if (!spec.enabled()) {
      return;
    }
    window.failed(nowNanos);
    failuresInRow++;
    if (view.state() == State.TRIAL) {
      eject("the request that tried it failed", nowNanos);
    } else if (spec.consecutiveFailures() > 0 && failuresInRow >= spec.consecutiveFailures()) {
      eject("failures in a row: " + failuresInRow, nowNanos);
    } else if (failsTooOften()) {
      eject(
          "failures: %d of %d".formatted(window.failures(), window.failures() + window.answers()),
          nowNanos);
    }
  }

  /**
   * A request was answered there.
   *
   * @param latencyNanos from the moment the backend had the request to the head of its response
   */
  public void onAnswer(long latencyNanos, long nowNanos) {
    if (!spec.enabled()) {
      return;
    }
    failuresInRow = 0;
    window.answered(latencyNanos, nowNanos);
    if (view.state() == State.TRIAL) {
      enterAgain("the request that tried it was answered");
    } else if (spec.latencyFactor() > 0 && window.step() != comparedStep) {
      comparedStep = window.step();
      compare(nowNanos);
    }
  }

  private boolean failsTooOften() {
    if (spec.failureRate().isZero()) {
      return false;
    }
    long failures = window.failures();
    long all = failures + window.answers();
    return all >= spec.minRequests()
        && failures * 100_000_000L >= all * spec.failureRate().micros();
  }

  private void compare(long nowNanos) {
    long mean = meanNanos(nowNanos);
    long others = peers.medianNanos(backend);
    if (mean >= 0
        && others >= 0
        && mean - others >= LEAST_EXCESS_NANOS
        && mean / spec.latencyFactor() >= others) {
      eject(
          "answers after %d ms, its peers' after %d ms".formatted(millis(mean), millis(others)),
          nowNanos);
    }
  }

  /** Its mean time to an answer over the window; negative when too little is known. */
  public long meanNanos(long nowNanos) {
    window.advance(nowNanos);
    return window.answers() >= spec.minRequests() ? window.meanNanos() : -1;
  }

  private void eject(String cause, long nowNanos) {
    if (!peers.canSpare(backend)) {
      if (view.state() == State.TRIAL) {
        enterAgain("min-capacity has need of it");
      }
      return;
    }
    boolean anew = view.state() == State.IN && nowNanos - inNanos >= maxNanos();
    often = anew ? 1 : often + 1;
    long nanos = ports.jitter().about(spec.time(often));
    enter(State.OUT, cause, ports.clock().epochMillis() + millis(nanos), view.ejections() + 1);
    int planned = epoch;
    timer = ports.timers().after(nanos, () -> ports.strand().execute(() -> tryAgain(planned)));
    peers.onChange(false, "taken out for %d ms: %s".formatted(millis(nanos), cause));
  }

  private void tryAgain(int planned) {
    if (planned == epoch) {
      enter(State.TRIAL, view.cause());
    }
  }

  /** The others cannot do without it any more. */
  public void recall() {
    if (view.state() != State.IN) {
      enterAgain("min-capacity has need of it");
    }
  }

  private void enterAgain(String why) {
    inNanos = now();
    enter(State.IN, view.cause());
    peers.onChange(true, "in again: " + why);
  }

  private void enter(State state, String cause) {
    enter(state, cause, 0, view.ejections());
  }

  private void enter(State state, String cause, long untilEpochMillis, long ejections) {
    epoch++;
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
    window.clear();
    failuresInRow = 0;
    view = new OutlierView(state, untilEpochMillis, cause, ejections);
    backend.limit(
        switch (state) {
          case IN -> Backend.UNLIMITED;
          case OUT -> NOBODY;
          case TRIAL -> ONE;
        });
  }

  /**
   * Another one whenever it goes out, is tried or is in again: older requests mean nothing then.
   */
  public int epoch() {
    return epoch;
  }

  public OutlierView view() {
    return view;
  }

  private long maxNanos() {
    return spec.maxEjectionTime().toNanos();
  }

  private long now() {
    return ports.clock().nanos();
  }

  private static long millis(long nanos) {
    return nanos / 1_000_000;
  }
}
