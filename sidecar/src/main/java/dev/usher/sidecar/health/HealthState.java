package dev.usher.sidecar.health;

/** Whether a backend answers, as far as is known. Only one that is online takes requests. */
public enum HealthState {
  ONLINE,
  OFFLINE,
  /** Watched in paranoid mode and not probed yet. */
  UNKNOWN
}
