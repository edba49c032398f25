package dev.usher.sidecar.director.core;

import dev.usher.sidecar.backend.Backend;
import dev.usher.sidecar.backend.BackendSpec;
import dev.usher.sidecar.director.Change;
import dev.usher.sidecar.director.Director.Versioned;
import dev.usher.sidecar.director.DirectorSpec;
import dev.usher.sidecar.director.Requester;
import dev.usher.sidecar.health.HealthState;
import dev.usher.sidecar.health.LazyMonitor;
import dev.usher.sidecar.shaper.Shaper;
import dev.usher.sidecar.strand.Effect;
import dev.usher.sidecar.strand.Serial;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The specification in force and the parts that follow it: applies changes whole, and publishes
 * what readers see. [S], but for {@link #published}.
 */
final class DirectorState {

  /** What readers see of the specification. */
  record Published(Versioned spec, List<BackendSlot> slots) {}

  private final Serial strand;
  private final Shaper shaper;
  private final Roster roster = new Roster();
  private final Fleet fleet;
  private final DirectorCore core;
  private final Alarm alarm;
  private boolean removed;
  private volatile Published published;

  DirectorState(
      DirectorHandle handle,
      Versioned initial,
      DirectorPorts ports,
      Serial strand,
      DirectorMeters meters) {
    DirectorSpec spec = initial.spec();
    this.strand = strand;
    this.shaper = new Shaper(spec.buckets());
    this.alarm = new Alarm(ports.timers(), () -> handle.inside(this::onAlarm));
    WaitingRoom waiting = new WaitingRoom(shaper, meters.queued, alarm);
    this.core =
        new DirectorCore(
            handle, strand, ports.dice(), shaper, waiting, roster, meters, spec.settings());
    LazyMonitor.Ports monitorPorts =
        new LazyMonitor.Ports(
            ports.probe(),
            ports.timers(),
            ports.clock(),
            task -> handle.inside(now -> settleAfter(task, now)));
    this.fleet =
        new Fleet(
            roster,
            monitorPorts,
            backend -> core.onBackendChange(),
            (backend, now, cause) -> writeDown(ports.healthLog(), spec.name(), backend, now, cause),
            this::onRecovery);
    fleet.configure(spec.backends(), spec.settings().healthCheck());
    this.published = new Published(initial, roster.slots());
  }

  Shaper shaper() {
    return shaper;
  }

  DirectorCore core() {
    return core;
  }

  /** [any] */
  Published published() {
    return published;
  }

  Change replace(DirectorSpec next, long expectedVersion, long nowNanos) {
    long version = published.spec().version();
    if (removed) {
      return new Change.Gone();
    }
    if (version != expectedVersion) {
      return new Change.Conflict(version);
    }
    apply(next);
    core.settle(nowNanos);
    return new Change.Applied(version + 1);
  }

  Change removeBackend(String name, boolean cutNow, long expectedVersion, long nowNanos) {
    DirectorSpec spec = published.spec().spec();
    List<BackendSpec> rest =
        spec.backends().stream().filter(backend -> !backend.name().equals(name)).toList();
    BackendSlot slot = roster.find(name);
    Change change = replace(spec.withBackends(rest), expectedVersion, nowNanos);
    if (change instanceof Change.Applied && cutNow && slot != null) {
      fleet.forget(slot);
      publish(published.spec());
      slot.leases.forEach(this::revoke);
    }
    return change;
  }

  private void revoke(Grant grant) {
    Requester requester = grant.job.ask.requester();
    strand.afterwards(Effect.of(() -> requester.onRevoked(grant)));
  }

  Change remove(long expectedVersion, long nowNanos) {
    long version = published.spec().version();
    if (removed) {
      return new Change.Gone();
    }
    if (version != expectedVersion) {
      return new Change.Conflict(version);
    }
    removed = true;
    fleet.stopMonitors();
    core.remove(nowNanos);
    alarm.stop();
    return new Change.Applied(version);
  }

  /** A request at {@code slot} has ended; the slot goes if that was the last that it waited for. */
  void forgetIfDone(BackendSlot slot) {
    if (fleet.forgetIfDone(slot)) {
      publish(published.spec());
    }
  }

  private void apply(DirectorSpec next) {
    Versioned before = published.spec();
    core.configure(next.settings());
    if (!next.buckets().equals(before.spec().buckets())) {
      shaper.reshape(next.buckets());
    }
    fleet.configure(next.backends(), next.settings().healthCheck());
    core.onBackendChange();
    publish(new Versioned(next, before.version() + 1));
  }

  private void publish(Versioned spec) {
    published = new Published(spec, roster.slots());
  }

  /** A probe brought {@code backend} back; in sticky mode it stays out until enabled by hand. */
  private void onRecovery(Backend backend) {
    DirectorSpec spec = published.spec().spec();
    if (spec.settings().stickyOfflineMode()) {
      UnaryOperator<BackendSpec> disable =
          known -> known.name().equals(backend.name()) ? known.withEnabled(false) : known;
      apply(spec.withBackends(spec.backends().stream().map(disable).toList()));
    }
  }

  /** Once the strand is let go, since writing may take its time. */
  private void writeDown(
      HealthLog log, String director, Backend backend, HealthState now, String cause) {
    String name = backend.name();
    strand.afterwards(Effect.of(() -> log.onChange(director, name, now, cause)));
  }

  private void settleAfter(Runnable task, long nowNanos) {
    task.run();
    core.settle(nowNanos);
  }

  private void onAlarm(long nowNanos) {
    alarm.onRing();
    core.onDeadline(nowNanos);
  }
}
