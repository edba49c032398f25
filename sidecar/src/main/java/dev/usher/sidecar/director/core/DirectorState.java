package dev.usher.sidecar.director.core;

import dev.usher.sidecar.backend.Backend;
import dev.usher.sidecar.backend.Disabled;
import dev.usher.sidecar.director.change.Change;
import dev.usher.sidecar.director.change.Definition;
import dev.usher.sidecar.director.change.Memory;
import dev.usher.sidecar.director.change.Versions;
import dev.usher.sidecar.director.spec.DirectorSpec;
import dev.usher.sidecar.health.HealthPorts;
import dev.usher.sidecar.health.HealthView;
import dev.usher.sidecar.health.Jitter;
import dev.usher.sidecar.shaper.Bucket;
import dev.usher.sidecar.shaper.Shaper;
import dev.usher.sidecar.strand.Effect;
import dev.usher.sidecar.strand.Serial;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * The specification in force and the parts that follow it: applies changes whole, and publishes
 * what readers see. [S], but for {@link #published}.
 */
final class DirectorState {

  /** What readers see of the specification. */
  record Published(Definition definition, List<BackendSlot> slots) {}

  private final Serial strand;
  private final Shaper shaper;
  private final Roster roster = new Roster();
  private final Fleet fleet;
  private final DirectorCore core;
  private final Alarm alarm;
  private final OwnChanges ownChanges;
  private final DirectorMeters meters;
  private final Idleness idleness;
  private final Versions versions;
  private boolean removed;
  private volatile Published published;

  DirectorState(
      DirectorHandle handle,
      Definition initial,
      DirectorPorts ports,
      Serial strand,
      DirectorMeters meters) {
    DirectorSpec spec = initial.spec();
    this.strand = strand;
    this.shaper = new Shaper(spec.buckets());
    this.alarm = new Alarm(ports.timers(), () -> handle.inside(this::onAlarm));
    Peers peers = new Peers(roster, spec.settings().outliers().minCapacity());
    WaitingRoom waiting = new WaitingRoom(shaper, meters.queued, alarm);
    this.core =
        new DirectorCore(
            handle, strand, ports.dice(), shaper, waiting, roster, peers, meters, spec.settings());
    HealthPorts healthPorts =
        new HealthPorts(
            ports.probe(),
            ports.timers(),
            ports.clock(),
            new Jitter(ports.dice()),
            task -> handle.inside(now -> settleAfter(task, now)));
    this.fleet =
        new Fleet(
            roster,
            peers,
            healthPorts,
            backend -> core.onBackendChange(),
            new Notes(ports.healthLog(), spec.name(), strand),
            this::onFailed);
    fleet.configure(spec.backends(), spec.settings());
    this.published = new Published(initial, roster.slots());
    this.meters = meters;
    this.idleness = new Idleness(meters);
    this.versions = ports.versions();
    this.ownChanges =
        new OwnChanges(ports.keeper(), ports.timers(), handle, () -> published.definition());
  }

  /** Begins. */
  void start(long nowNanos) {
    fleet.start();
    core.settle(nowNanos);
  }

  /** Goes on where it ended before a restart. */
  void resume(Memory memory, long epochMillis, long nowNanos) {
    long secondsAgo = (epochMillis - memory.epochMillis()) / 1_000;
    meters.resume(memory, secondsAgo, nowNanos);
    for (BackendSlot slot : roster.slots()) {
      Memory.OfBackend known = memory.backends().get(slot.backend.name());
      if (known != null) {
        slot.backend.resume(known.load());
        slot.monitor.resume(known.state(), known.sinceEpochMillis());
        slot.rate.resume(known.history(), secondsAgo, nowNanos);
      }
    }
    memory
        .buckets()
        .forEach(
            (name, known) -> {
              Bucket bucket = shaper.find(name);
              if (bucket != null) {
                shaper.resume(bucket, known, secondsAgo, nowNanos);
              }
            });
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

  /** Checks a change; one that can be applied is applied or abandoned next. */
  Preparation prepare(
      long expectedVersion, boolean evenIfSame, UnaryOperator<DirectorSpec> change) {
    Definition now = published.definition();
    if (removed) {
      return new Preparation.Refused(new Change.Gone());
    }
    if (now.version() != expectedVersion) {
      return new Preparation.Refused(new Change.Conflict(now.version()));
    }
    DirectorSpec next = change.apply(now.spec());
    boolean changes = evenIfSame || !next.equals(now.spec());
    ownChanges.commitBegins();
    return new Preparation.Ready(
        changes ? now.changedByHand(next, versions.next()) : now,
        changes,
        changes || ownChanges.areUnkept());
  }

  /**
   * @param cut backends whose requests are broken off; they are gone before the change is made
   */
  Change.Applied apply(Preparation.Ready prepared, Set<String> cut, long nowNanos) {
    List<BackendSlot> slots =
        roster.slots().stream().filter(slot -> cut.contains(slot.backend.name())).toList();
    slots.forEach(fleet::forget);
    try {
      if (prepared.changes()) {
        enter(withOwnChanges(prepared.next()));
      }
    } finally {
      ownChanges.commitEnds(prepared.unkept());
    }
    slots.forEach(this::revokeLeases);
    core.settle(nowNanos);
    return new Change.Applied(published.definition().version());
  }

  /**
   * What was prepared, and may be kept by now, is another version once something is changed in it.
   */
  private Definition withOwnChanges(Definition prepared) {
    return ownChanges.hasSomeMeanwhile()
        ? prepared.changed(ownChanges.over(prepared.spec()), versions.next())
        : prepared;
  }

  void abandon() {
    ownChanges.commitEnds(false);
  }

  Change.Applied remove(long nowNanos) {
    removed = true;
    ownChanges.stop();
    fleet.stopMonitors();
    core.remove(nowNanos);
    alarm.stop();
    return new Change.Applied(published.definition().version());
  }

  private void revokeLeases(BackendSlot slot) {
    slot.leases.forEach(lease -> strand.afterwards(Effect.of(lease::revoke)));
  }

  /** Ends all requests, those that wait and those at backends; the definition stays. */
  void shutDown(long nowNanos) {
    fleet.stopMonitors();
    core.shutDown(nowNanos);
    alarm.stop();
    roster.slots().forEach(this::revokeLeases);
  }

  /**
   * Removes a director from the template that is idle, and that nobody is changing; says whether.
   */
  boolean leaveIfIdle(long idleNanos, long nowNanos) {
    if (removed
        || ownChanges.isCommitting()
        || !published.definition().isTemplated()
        || !idleness.hasLasted(idleNanos, nowNanos)) {
      return false;
    }
    Change.Applied unused = remove(nowNanos);
    return true;
  }

  /** A request at {@code slot} has ended; the slot goes if that was the last that it waited for. */
  void forgetIfDone(BackendSlot slot) {
    if (fleet.forgetIfDone(slot)) {
      publish(published.definition());
    }
  }

  private void enter(Definition changed) {
    DirectorSpec next = changed.spec();
    core.configure(next.settings());
    if (!next.buckets().equals(published.definition().spec().buckets())) {
      shaper.reshape(next.buckets());
      core.onBucketsChange();
    }
    fleet.configure(next.backends(), next.settings());
    core.onBackendChange();
    publish(changed);
  }

  private void publish(Definition definition) {
    published = new Published(definition, roster.slots());
  }

  /**
   * {@code backend} was online and has gone offline. In sticky mode it is disabled at once and not
   * when it recovers: so that can be seen meanwhile, is known after a restart, and whoever enables
   * it by hand in the meantime has done so.
   */
  private void onFailed(Backend backend) {
    Definition before = published.definition();
    BackendSlot slot = roster.find(backend.name());
    if (slot == null || !before.spec().settings().stickyOfflineMode()) {
      return;
    }
    HealthView health = slot.monitor.view();
    Disabled why = Disabled.byStickyMode(health.cause(), health.sinceEpochMillis());
    UnaryOperator<DirectorSpec> disable = each -> each.withBackendDisabled(backend.name(), why);
    DirectorSpec next = disable.apply(before.spec());
    if (!next.equals(before.spec())) {
      enter(before.changed(next, versions.next()));
      ownChanges.made(disable);
    }
  }

  private void settleAfter(Runnable task, long nowNanos) {
    task.run();
    core.settle(nowNanos);
  }

  private void onAlarm(long nowNanos) {
    alarm.onRing();
    core.settle(nowNanos);
  }
}
