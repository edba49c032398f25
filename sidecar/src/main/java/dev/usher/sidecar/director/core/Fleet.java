package dev.usher.sidecar.director.core;

import dev.usher.sidecar.backend.Backend;
import dev.usher.sidecar.backend.BackendSpec;
import dev.usher.sidecar.backend.Role;
import dev.usher.sidecar.backend.check.HealthCheckSpec;
import dev.usher.sidecar.health.HealthPorts;
import dev.usher.sidecar.health.HealthState;
import dev.usher.sidecar.health.Monitor;
import dev.usher.sidecar.stats.RateMeter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Brings the roster in line with the specification: who joins, changes and leaves. [S] */
final class Fleet {
  private final Roster roster;
  private final HealthPorts ports;
  private final Backend.Listener onChange;
  private final HealthListener onHealth;
  private final Consumer<Backend> onFailed;
  private boolean started;

  /** Told of changes that monitors have made. */
  @FunctionalInterface
  interface HealthListener {
    void onChange(Backend backend, HealthState now, String cause);
  }

  Fleet(
      Roster roster,
      HealthPorts ports,
      Backend.Listener onChange,
      HealthListener onHealth,
      Consumer<Backend> onFailed) {
    this.roster = roster;
    this.ports = ports;
    this.onChange = onChange;
    this.onHealth = onHealth;
    this.onFailed = onFailed;
  }

  /** After this the roster holds what {@code specs} say, and those that still finish requests. */
  void configure(List<BackendSpec> specs, HealthCheckSpec health) {
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
    slot.monitor.stop();
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
    roster.slots().forEach(slot -> slot.monitor.stop());
  }

  private BackendSlot join(BackendSpec spec, HealthCheckSpec health) {
    Backend backend = new Backend(spec, onChange);
    Monitor monitor = new Monitor(backend, health, ports, new Listening(backend));
    if (started) {
      monitor.start();
    }
    return new BackendSlot(backend, monitor, new RateMeter());
  }

  private static BackendSlot update(BackendSlot slot, BackendSpec spec, HealthCheckSpec health) {
    boolean moved = !slot.backend.spec().url().equals(spec.url());
    boolean back = slot.leaving;
    slot.leaving = false;
    slot.backend.configure(spec);
    if (moved || back) {
      slot.monitor.restart(health, moved ? "its url has changed" : "it was put back");
    } else {
      slot.monitor.configure(health);
    }
    return slot;
  }

  private static boolean isStillFinishing(BackendSlot slot) {
    slot.leaving = true;
    slot.monitor.stop();
    slot.backend.configure(slot.backend.spec().withRole(Role.TERMINATING));
    return slot.backend.inFlight() > 0;
  }

  /** Passes on what a backend's monitor says. */
  private final class Listening implements Monitor.Listener {
    private final Backend backend;

    Listening(Backend backend) {
      this.backend = backend;
    }

    @Override
    public void onChange(HealthState now, String cause) {
      onHealth.onChange(backend, now, cause);
    }

    @Override
    public void onFailed() {
      onFailed.accept(backend);
    }
  }
}
