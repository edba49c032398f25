package dev.usher.sidecar.health;

import dev.usher.sidecar.backend.Backend;
import dev.usher.sidecar.backend.check.HealthCheckSpec;
import dev.usher.sidecar.time.Clock;
import dev.usher.sidecar.time.Timers;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Watches one backend lazily: it counts as online until a request fails at it; then it is probed
 * every interval until success-threshold probes in a row were good. Never two probes at once. [S];
 * {@link #view} may be read by [any].
 */
public final class LazyMonitor {

  /** What a monitor needs of the world. */
  public record Ports(Probe probe, Timers timers, Clock clock, Executor strand) {}

  /** Who wants to know. Called on the strand, after the backend has heard. */
  @FunctionalInterface
  public interface Listener {
    /**
     * The state has changed.
     *
     * @param cause for people to read
     */
    void onChange(HealthState now, String cause);
  }

  private final Backend backend;
  private final Ports ports;
  private final Listener listener;
  private final Runnable onFailed;
  private volatile HealthView view;
  private HealthCheckSpec spec;
  private int goodInRow;

  /** Set to the next probe; null while there is none to come or one is under way. */
  private Timers.@Nullable Timer timer;

  private int epoch;

  /**
   * @param onFailed called on the strand after a request took the backend offline
   */
  public LazyMonitor(
      Backend backend, HealthCheckSpec spec, Ports ports, Listener listener, Runnable onFailed) {
    this.backend = backend;
    this.spec = spec;
    this.ports = ports;
    this.listener = listener;
    this.onFailed = onFailed;
    this.view = viewOf(HealthState.ONLINE);
  }

  /**
   * A request failed there: refused, unreachable, reset before it answered.
   *
   * @param cause for people to read
   */
  public void onFailure(String cause) {
    if (view.state() == HealthState.ONLINE) {
      enter(HealthState.OFFLINE, cause);
      probeLater();
      onFailed.run();
    }
  }

  /**
   * Takes over what was known before a restart.
   *
   * @param sinceEpochMillis when the backend came into that state
   */
  public void resume(HealthState before, long sinceEpochMillis) {
    if (before == HealthState.OFFLINE && view.state() == HealthState.ONLINE) {
      enter(HealthState.OFFLINE, "it was before the restart");
      probeLater();
    }
    view = new HealthView(spec.mode(), before, sinceEpochMillis);
  }

  /**
   * New thresholds and intervals: they count from the next probe on, and another interval from now
   * on.
   */
  public void configure(HealthCheckSpec changed) {
    boolean otherInterval = !changed.interval().equals(spec.interval());
    spec = changed;
    if (otherInterval && timer != null) {
      timer.cancel();
      probeLater();
    }
  }

  /** The backend has become another one: nothing is known of it. */
  public void reset() {
    stop();
    if (view.state() == HealthState.OFFLINE) {
      enter(HealthState.ONLINE, "its url has changed");
    }
  }

  /** Ends all probing. */
  public void stop() {
    epoch++;
    goodInRow = 0;
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }

  /**
   * Another one whenever the backend has become another one, has come back or is watched no more:
   * what requests and probes of an older epoch say is old and means nothing.
   */
  public int epoch() {
    return epoch;
  }

  public HealthView view() {
    return view;
  }

  private void probeLater() {
    int started = epoch;
    timer =
        ports
            .timers()
            .after(spec.interval().toNanos(), () -> ports.strand().execute(() -> probe(started)));
  }

  private void probe(int started) {
    if (started == epoch) {
      timer = null;
      ports
          .probe()
          .probe(
              backend.spec().url(),
              spec,
              result -> ports.strand().execute(() -> onProbe(started, result.good())));
    }
  }

  private void onProbe(int started, boolean good) {
    if (started != epoch) {
      return;
    }
    goodInRow = good ? goodInRow + 1 : 0;
    if (goodInRow < spec.successThreshold()) {
      probeLater();
      return;
    }
    stop();
    enter(HealthState.ONLINE, "good probes: " + spec.successThreshold());
  }

  private void enter(HealthState state, String cause) {
    view = viewOf(state);
    backend.setOnline(state == HealthState.ONLINE);
    listener.onChange(state, cause);
  }

  private HealthView viewOf(HealthState state) {
    return new HealthView(spec.mode(), state, ports.clock().epochMillis());
  }
}
