package dev.usher.sidecar.director.admission;

/** How an attempt at a backend ended. */
public enum Outcome {
  /** A whole response came, whatever its status. */
  SERVED,
  /** No connection: refused, unreachable or timed out. The backend goes offline. */
  CONNECT_FAILED,
  /** Reset or closed before the first response byte, on a fresh connection. It goes offline. */
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
