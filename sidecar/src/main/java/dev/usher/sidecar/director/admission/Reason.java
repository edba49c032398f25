package dev.usher.sidecar.director.admission;

import java.util.Locale;

/** Why a director did not serve a request; its {@link #text} is the X-Director-Reason. */
public enum Reason {
  /** The director's queue-limit is reached. */
  QUEUE_FULL,
  /** The request waited for queue-timeout. */
  QUEUE_TIMEOUT,
  /** The request's own deadline has come. */
  DEADLINE,
  /** The director is disabled. */
  DISABLED,
  /** No backend is available and enqueue-on-unavailable is off. */
  UNAVAILABLE,
  /** The request failed at the first backend and at max-retry-count others. */
  RETRIES_EXHAUSTED,
  /** The request failed, and its bucket has had as many retries as it may. */
  RETRY_BUDGET,
  /** The director was removed while the request waited. */
  NO_DIRECTOR,
  /** The sidecar was asked to end, and drain-timeout has passed. */
  SHUTTING_DOWN,
  /** Pinned to a backend that the director does not have. */
  NO_BACKEND,
  /** Pinned to a backend that is disabled or terminating. */
  BACKEND_DISABLED,
  /** Pinned to a backend that is offline. */
  BACKEND_OFFLINE,
  /** Pinned to a backend that is at its capacity. */
  BACKEND_FULL;

  /** The reason in kebab-case. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
