package dev.usher.sidecar.director.view;

import dev.usher.sidecar.backend.BackendSpec;
import dev.usher.sidecar.health.HealthView;
import dev.usher.sidecar.stats.Level;
import dev.usher.sidecar.stats.RatePerSecond;

/** A backend and its state, read at one moment by any thread. */
public record BackendView(
    BackendSpec spec, Level load, HealthView health, RatePerSecond requestsPerSecond) {}
