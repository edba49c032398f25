package dev.usher.sidecar.director.admission;

import dev.usher.sidecar.director.Director;

/** Who asked. Called on any thread, never while the strand is held; must not block. */
public interface Requester {
  /**
   * Called once for each {@link Director#admit} and each {@link Lease#retry}, unless the ticket was
   * cancelled before; often on the asking thread before its call returns.
   */
  void onAdmission(Admission admission);

  /**
   * The lease's backend was removed at once: break off the exchange with it. The lease still has to
   * be closed. Never called before {@link #onAdmission} has returned that gave the lease.
   */
  void onRevoked(Lease lease);
}
