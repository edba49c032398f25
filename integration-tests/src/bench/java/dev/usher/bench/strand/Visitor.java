package dev.usher.bench.strand;

import dev.usher.sidecar.director.admission.Admission;
import dev.usher.sidecar.director.admission.Ask;
import dev.usher.sidecar.director.admission.Lease;
import dev.usher.sidecar.director.admission.Requester;
import org.jspecify.annotations.Nullable;

/** A requester that takes its lease wherever it hears of it. */
final class Visitor implements Requester {
  final Ask ask;
  private volatile @Nullable Lease lease;

  Visitor(String bucket) {
    this.ask = new Ask(bucket, null, this);
  }

  /** The lease of the last ask; the thread inside the strand may still be bringing it. */
  Lease awaitLease() {
    Lease granted = lease;
    while (granted == null) {
      Thread.onSpinWait();
      granted = lease;
    }
    lease = null;
    return granted;
  }

  @Override
  public void onAdmission(Admission admission) {
    if (admission instanceof Admission.Granted granted) {
      lease = granted.lease();
    } else {
      throw new IllegalStateException("want a lease, got " + admission);
    }
  }

  @Override
  public void onRevoked(Lease revoked) {
    throw new IllegalStateException("revoked");
  }
}
