package dev.usher.sidecar.health;

/** When a backend is probed. */
public enum HealthMode {
  /** Assumed online; a failed request takes it offline; probed only while offline. */
  LAZY
}
