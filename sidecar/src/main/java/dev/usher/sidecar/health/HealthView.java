package dev.usher.sidecar.health;

import dev.usher.sidecar.backend.check.HealthMode;

/**
 * A backend's health at one moment.
 *
 * @param sinceEpochMillis when it came into this state
 * @param cause why it came into this state, for people to read
 * @param failuresInRow failed requests and bad probes since the last good one, while online
 */
public record HealthView(
    HealthMode mode, HealthState state, long sinceEpochMillis, String cause, int failuresInRow) {

  HealthView with(HealthMode changed) {
    return new HealthView(changed, state, sinceEpochMillis, cause, failuresInRow);
  }

  HealthView with(int failures) {
    return new HealthView(mode, state, sinceEpochMillis, cause, failures);
  }

  HealthView since(long epochMillis) {
    return new HealthView(mode, state, epochMillis, cause, failuresInRow);
  }
}
