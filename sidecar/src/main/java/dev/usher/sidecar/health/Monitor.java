package dev.usher.sidecar.health;

import dev.usher.sidecar.backend.Backend;
import dev.usher.sidecar.backend.check.HealthCheckSpec;
import dev.usher.sidecar.backend.check.HealthMode;

/**
 * Watches one backend as its {@link HealthMode} says; the mode may change at any time, and what is
 * known stays known. [S]; {@link #view} may be read by [any].
 */
public final class Monitor implements ProbeLoop.Owner {

  /** Who wants to know. Called on the strand, after the backend has heard. */
  public interface Listener {
    /**
     * The state has changed.
     *
     * @param cause for people to read
     */
    void onChange(HealthState now, String cause);

    /** It was online and has gone offline, and the next probe is planned. */
    void onFailed();
  }

  private final Backend backend;
  private final HealthPorts ports;
  private final Listener listener;
  private final ProbeLoop loop;
  private final Streaks streaks = new Streaks();
  private final IdleUnit unit;
  private HealthCheckSpec spec;
  private volatile HealthView view;
  private int epoch;
  private boolean watching;

  /** How long the backend must have been idle when its next probe is due; opportunistic only. */
  private long idleNanos;

  /** Knows nothing yet and does nothing before {@link #start}. */
  public Monitor(Backend backend, HealthCheckSpec spec, HealthPorts ports, Listener listener) {
    this.backend = backend;
    this.spec = spec;
    this.ports = ports;
    this.listener = listener;
    this.loop = new ProbeLoop(ports, this);
    this.unit = new IdleUnit(backend, ports.clock().nanos());
    HealthState first = stateOfUnknown();
    this.view = viewOf(first, causeOfUnknown());
    if (first != HealthState.ONLINE) {
      backend.setOnline(false);
    }
  }

  /** Begins to watch. */
  public void start() {
    watching = true;
    planSoon();
  }

  /**
   * Takes over what was known before a restart.
   *
   * @param sinceEpochMillis when the backend came into that state
   */
  public void resume(HealthState before, long sinceEpochMillis) {
    if (before != view.state()) {
      enter(before, "it was before the restart");
    }
    view = view.since(sinceEpochMillis);
    if (!loop.isAwaited()) {
      planSoon();
    }
  }

  /**
   * Other rules for the same backend: thresholds count from the next event on, another interval
   * from now on. What a probe finds that was asked otherwise means nothing.
   */
  public void configure(HealthCheckSpec changed) {
    HealthCheckSpec before = spec;
    spec = changed;
    if (before.mode() != changed.mode()) {
      view = view.with(changed.mode());
      onMode();
    } else if (!before.interval().equals(changed.interval())) {
      planAgain();
    }
    if (loop.isAwaited() && !changed.asksAs(before)) {
      loop.abandon();
      planSoon();
    }
  }

  private void onMode() {
    if (view.state() == HealthState.UNKNOWN) {
      enter(HealthState.ONLINE, causeOfUnknown());
    }
    if (view.state() == HealthState.OFFLINE) {
      planAgain();
    } else if (spec.mode() == HealthMode.LAZY || !loop.isAwaited()) {
      planSoon();
    }
  }

  /** The backend has become another one: nothing is known of it. */
  public void restart(HealthCheckSpec changed, String cause) {
    stop();
    spec = changed;
    watching = true;
    HealthState first = stateOfUnknown();
    if (view.state() == first) {
      view = view.with(spec.mode()).with(0);
    } else {
      enter(first, cause);
    }
    planSoon();
  }

  /** Ends all probing. */
  public void stop() {
    watching = false;
    epoch++;
    streaks.clear();
    loop.abandon();
    onOver();
  }

  /** A request begins or ends there. */
  public void onRequest(long nowNanos) {
    unit.onRequest(nowNanos);
  }

  /** A request was answered there, and not with an error that counts. */
  public void onServed() {
    if (streaks.areBad()) {
      streaks.clear();
      view = view.with(0);
    }
  }

  /** A request was answered there with a status of 500 to 599. */
  public void onServerError() {
    if (!spec.count5xx()) {
      onServed();
    } else if (view.state() == HealthState.ONLINE && streaks.err(spec)) {
      fall("answers of 5xx: " + spec.fall5xx());
    }
  }

  /**
   * A request failed there: refused, unreachable, reset before it answered.
   *
   * @param cause for people to read
   */
  public void onFailure(String cause) {
    if (view.state() != HealthState.ONLINE) {
      return;
    }
    if (streaks.fail(spec)) {
      fall(cause);
    } else {
      view = view.with(streaks.failures());
    }
  }

  @Override
  public void onDue() {
    if (isOpportunistic()) {
      long missing = unit.missing(idleNanos, ports.clock().nanos());
      if (missing > 0) {
        loop.plan(missing);
        return;
      }
      if (!unit.hold()) {
        planNext();
        return;
      }
    }
    loop.send(backend.spec().url(), spec);
  }

  @Override
  public void onOver() {
    unit.letGo();
  }

  @Override
  public void onResult(Probe.Result result) {
    switch (view.state()) {
      case UNKNOWN -> onFirst(result);
      case ONLINE -> {
        if (result.good()) {
          onServed();
        } else {
          onFailure("probe: " + result.cause());
        }
      }
      case OFFLINE -> onOffline(result);
    }
    if (!loop.isPlanned()) {
      planNext();
    }
  }

  /** No recovery and no failure either: the backend has been neither up nor down. */
  private void onFirst(Probe.Result result) {
    enter(
        result.good() ? HealthState.ONLINE : HealthState.OFFLINE, "first probe: " + result.cause());
  }

  private void onOffline(Probe.Result result) {
    if (streaks.probe(result.good(), spec)) {
      epoch++;
      enter(HealthState.ONLINE, "good probes: " + spec.successThreshold());
    }
  }

  private void fall(String cause) {
    enter(HealthState.OFFLINE, cause);
    planNext();
    listener.onFailed();
  }

  private void enter(HealthState state, String cause) {
    streaks.clear();
    view = viewOf(state, cause);
    backend.setOnline(state == HealthState.ONLINE);
    listener.onChange(state, cause);
  }

  /** Who is paranoid wants to know at once. */
  private void planSoon() {
    if (watching && spec.mode() == HealthMode.PARANOID) {
      loop.plan(ports.jitter().soon(spec.interval()));
    } else {
      planNext();
    }
  }

  private void planNext() {
    if (!watching || (view.state() == HealthState.ONLINE && spec.mode() == HealthMode.LAZY)) {
      loop.forget();
      return;
    }
    boolean unknown = view.state() == HealthState.UNKNOWN;
    idleNanos =
        unknown ? ports.jitter().soon(spec.interval()) : ports.jitter().about(spec.interval());
    loop.plan(idleNanos);
  }

  /** The interval is another one, or may be. */
  private void planAgain() {
    if (loop.isPlanned()) {
      planNext();
    }
  }

  private boolean isOpportunistic() {
    return spec.mode() == HealthMode.OPPORTUNISTIC && view.state() == HealthState.ONLINE;
  }

  private HealthState stateOfUnknown() {
    return spec.mode() == HealthMode.PARANOID ? HealthState.UNKNOWN : HealthState.ONLINE;
  }

  private String causeOfUnknown() {
    return spec.mode() == HealthMode.PARANOID ? "not probed yet" : "assumed, nothing has failed";
  }

  private HealthView viewOf(HealthState state, String cause) {
    return new HealthView(spec.mode(), state, ports.clock().epochMillis(), cause, 0);
  }

  /**
   * Another one whenever the backend has become another one, has come back or is watched no more:
   * what requests of an older epoch say is old and means nothing.
   */
  public int epoch() {
    return epoch;
  }

  public HealthView view() {
    return view;
  }
}
