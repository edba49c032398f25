package dev.usher.sidecar.health;

import dev.usher.sidecar.backend.check.HealthMode;

/**
 * A backend's health at one moment.
 *
 * @param sinceEpochMillis when it came into this state
 */
public record HealthView(HealthMode mode, HealthState state, long sinceEpochMillis) {}
