package dev.usher.sidecar.backend;

/** What a backend is for. */
public enum Role {
  /** Serves first. */
  ACTIVE,
  /** Takes what the actives have no room for: they are at capacity or down. */
  STANDBY,
  /** Serves only while no active or standby is available at all. */
  BACKUP,
  /** Finishes what it has and takes nothing new. */
  TERMINATING
}
