package dev.usher.sidecar.director.admission;

/** What became of an ask. */
public sealed interface Admission {
  /** The request may go to the lease's backend; the lease must be closed or retried. */
  record Granted(Lease lease) implements Admission {}

  /** The request is over. */
  record Refused(Reason reason) implements Admission {}
}
