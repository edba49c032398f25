package dev.usher.sidecar.director.core;

import dev.usher.sidecar.backend.Backend;
import dev.usher.sidecar.backend.BackendSpec;
import dev.usher.sidecar.backend.Role;
import dev.usher.sidecar.backend.check.HealthCheckSpec;
import dev.usher.sidecar.director.spec.DirectorSpec.Settings;
import dev.usher.sidecar.health.HealthPorts;
import dev.usher.sidecar.health.HealthState;
import dev.usher.sidecar.health.Monitor;
import dev.usher.sidecar.health.WarmUp;
import dev.usher.sidecar.health.outlier.OutlierSpec;
import dev.usher.sidecar.health.outlier.OutlierWatch;
import dev.usher.sidecar.stats.RateMeter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Brings the roster in line with the specification: who joins, changes and leaves. [S] */
final class Fleet {
  private final Roster roster;
  private final Peers peers;
  private final HealthPorts ports;
  private final Backend.Listener onChange;
  private final Notes notes;
  private final Consumer<Backend> onFailed;
  private Duration slowStart = Duration.ZERO;
  private OutlierSpec outliers = OutlierSpec.DEFAULT;
  private boolean started;

  Fleet(
      Roster roster,
      Peers peers,
      HealthPorts ports,
      Backend.Listener onChange,
      Notes notes,
      Consumer<Backend> onFailed) {
    this.roster = roster;
    this.peers = peers;
    this.ports = ports;
    this.onChange = onChange;
    this.notes = notes;
    this.onFailed = onFailed;
  }

  /** After this the roster holds what {@code specs} say, and those that still finish requests. */
  void configure(List<BackendSpec> specs, Settings settings) {
    HealthCheckSpec health = settings.healthCheck();
    slowStart = settings.slowStart();
    outliers = settings.outliers();
    peers.configure(outliers.minCapacity());
    List<BackendSlot> changed = new ArrayList<>();
    for (BackendSpec spec : specs) {
      HealthCheckSpec own = spec.healthCheck().over(health);
      BackendSlot known = roster.find(spec.name());
      changed.add(known == null ? join(spec, own) : update(known, spec, own));
    }
    for (BackendSlot slot : roster.slots()) {
      if (!changed.contains(slot) && isStillFinishing(slot)) {
        changed.add(slot);
      }
    }
    roster.set(changed);
  }

  /**
   * Forgets {@code slot} when it is leaving and its last request has ended; says whether it did.
   */
  boolean forgetIfDone(BackendSlot slot) {
    if (!slot.leaving || slot.backend.inFlight() > 0 || !roster.slots().contains(slot)) {
      return false;
    }
    forget(slot);
    return true;
  }

  /** Takes {@code slot} out at once, whatever still runs there. */
  void forget(BackendSlot slot) {
    slot.leaving = true;
    stop(slot);
    List<BackendSlot> rest = new ArrayList<>(roster.slots());
    rest.remove(slot);
    roster.set(rest);
  }

  /** Begins to watch: on the strand, where timers may meet it. */
  void start() {
    started = true;
    roster.slots().forEach(slot -> slot.monitor.start());
  }

  void stopMonitors() {
    roster.slots().forEach(Fleet::stop);
  }

  private BackendSlot join(BackendSpec spec, HealthCheckSpec health) {
    Backend backend = new Backend(spec, onChange);
    WarmUp warmUp = new WarmUp(backend, slowStart, ports);
    Listening listening = new Listening(backend, warmUp);
    OutlierWatch outlier = new OutlierWatch(backend, outliers, ports, listening);
    listening.outlier = outlier;
    Monitor monitor = new Monitor(backend, health, ports, listening);
    if (started) {
      monitor.start();
    }
    return new BackendSlot(backend, monitor, outlier, warmUp, new RateMeter());
  }

  private static void stop(BackendSlot slot) {
    slot.monitor.stop();
    slot.outlier.reset();
    slot.warmUp.stop();
  }

  private BackendSlot update(BackendSlot slot, BackendSpec spec, HealthCheckSpec health) {
    boolean moved = !slot.backend.spec().url().equals(spec.url());
    boolean back = slot.leaving;
    slot.leaving = false;
    warm(slot, spec);
    slot.backend.configure(spec);
    slot.outlier.configure(outliers);
    if (moved || back) {
      slot.outlier.reset();
      slot.monitor.restart(health, moved ? "its url has changed" : "it was put back");
    } else {
      slot.monitor.configure(health);
    }
    return slot;
  }

  private void warm(BackendSlot slot, BackendSpec spec) {
    boolean before = slot.backend.spec().enabled();
    slot.warmUp.configure(slowStart);
    if (!spec.enabled()) {
      slot.warmUp.stop();
    } else if (!before && slot.backend.isOnline()) {
      slot.warmUp.begin();
    }
  }

  private static boolean isStillFinishing(BackendSlot slot) {
    slot.leaving = true;
    stop(slot);
    slot.backend.configure(slot.backend.spec().withRole(Role.TERMINATING));
    return slot.backend.inFlight() > 0;
  }

  /** Passes on what they say who watch a backend. */
  private final class Listening implements Monitor.Listener, OutlierWatch.Peers {
    private final Backend backend;
    private final WarmUp warmUp;
    private @Nullable OutlierWatch outlier;
    private boolean wasOffline;

    Listening(Backend backend, WarmUp warmUp) {
      this.backend = backend;
      this.warmUp = warmUp;
    }

    /** Who was offline is cold; who is seen for the first time has not been away. */
    @Override
    public void onChange(HealthState now, String cause) {
      if (now == HealthState.OFFLINE && outlier != null) {
        outlier.reset();
      }
      if (now == HealthState.ONLINE && wasOffline) {
        warmUp.begin();
      } else {
        warmUp.stop();
      }
      wasOffline = now == HealthState.OFFLINE;
      notes.onHealth(backend, now, cause);
    }

    @Override
    public void onFailed() {
      onFailed.accept(backend);
    }

    @Override
    public boolean canSpare(Backend judged) {
      return peers.canSpare(judged);
    }

    @Override
    public long medianNanos(Backend judged) {
      return peers.medianNanos(judged, ports.clock().nanos());
    }

    @Override
    public void onChange(boolean in, String what) {
      if (in) {
        warmUp.begin();
      }
      notes.onOutlier(backend, what);
    }
  }
}
