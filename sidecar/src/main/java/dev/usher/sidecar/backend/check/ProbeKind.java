package dev.usher.sidecar.backend.check;

/** What a probe does. */
public enum ProbeKind {
  /** Sends a request; a good answer has an expected status and, where wanted, a text in it. */
  HTTP,
  /** Opens a connection, and closes it. */
  TCP
}
