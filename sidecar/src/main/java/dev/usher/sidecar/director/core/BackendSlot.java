package dev.usher.sidecar.director.core;

import dev.usher.sidecar.backend.Backend;
import dev.usher.sidecar.director.change.Memory;
import dev.usher.sidecar.director.view.BackendView;
import dev.usher.sidecar.health.HealthState;
import dev.usher.sidecar.health.HealthView;
import dev.usher.sidecar.health.Monitor;
import dev.usher.sidecar.health.WarmUp;
import dev.usher.sidecar.health.outlier.OutlierWatch;
import dev.usher.sidecar.stats.RateMeter;

/** A backend with its monitor, its history and the leases that are out on it. [S] */
final class BackendSlot {
  final Backend backend;
  final Monitor monitor;
  final OutlierWatch outlier;
  final WarmUp warmUp;
  final RateMeter rate;
  final Leases leases = new Leases();

  /** No longer part of the specification: gone when its last request ends. */
  boolean leaving;

  BackendSlot(
      Backend backend, Monitor monitor, OutlierWatch outlier, WarmUp warmUp, RateMeter rate) {
    this.backend = backend;
    this.monitor = monitor;
    this.outlier = outlier;
    this.warmUp = warmUp;
    this.rate = rate;
  }

  /** What is not known yet is remembered as offline. [any] */
  Memory.OfBackend memory(long nowNanos) {
    HealthView health = monitor.view();
    HealthState state =
        health.state() == HealthState.ONLINE ? HealthState.ONLINE : HealthState.OFFLINE;
    return new Memory.OfBackend(
        backend.load(), state, health.sinceEpochMillis(), rate.recent(nowNanos));
  }

  /** [any] */
  BackendView view(long nowNanos) {
    return new BackendView(
        backend.spec(),
        backend.capacity(),
        backend.load(),
        monitor.view(),
        outlier.view(),
        rate.read(nowNanos));
  }
}
