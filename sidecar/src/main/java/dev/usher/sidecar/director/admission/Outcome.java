package dev.usher.sidecar.director.admission;

/** How an attempt at a backend ended. */
public enum Outcome {
  /** A whole response came, with a status below 500. */
  SERVED,
  /** A whole response came, with a status of 500 to 599: a failure where these count. */
  SERVER_ERROR,
  /** No connection: refused, unreachable or timed out. Takes the backend offline. */
  CONNECT_FAILED,
  /** Reset or closed before the first response byte, on a fresh connection. Likewise. */
  RESET,
  /** What came was no HTTP response, or broke off. */
  BROKEN,
  /**
   * Nothing came within first-byte-timeout, or nothing more within read-timeout, or nothing was
   * taken within write-timeout.
   */
  TIMED_OUT,
  /** The request's deadline came while nobody was late; the backend is not to blame. */
  DEADLINE,
  /** The client left, or sent something broken; the backend is not to blame. */
  CLIENT_GONE
}
