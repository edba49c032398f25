package dev.usher.sidecar.backend.check;

/** When a backend is probed. */
public enum HealthMode {
  /** Assumed online; failed requests take it offline; probed only while offline. */
  LAZY,
  /** Lazy, and probed while online whenever it has had no request for an interval. */
  OPPORTUNISTIC,
  /** Always probed; takes no request before the first good probe. */
  PARANOID
}
