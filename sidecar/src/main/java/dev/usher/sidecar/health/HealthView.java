package dev.usher.sidecar.health;

/**
 * A backend's health at one moment.
 *
 * @param sinceEpochMillis when it came into this state
 */
public record HealthView(HealthMode mode, HealthState state, long sinceEpochMillis) {}
