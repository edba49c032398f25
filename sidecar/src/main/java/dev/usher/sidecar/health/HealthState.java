package dev.usher.sidecar.health;

/** Whether a backend answers, as far as is known. */
public enum HealthState {
  ONLINE,
  OFFLINE
}
