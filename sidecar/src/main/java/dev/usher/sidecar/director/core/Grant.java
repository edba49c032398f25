package dev.usher.sidecar.director.core;

import dev.usher.sidecar.backend.Target;
import dev.usher.sidecar.director.admission.Admission;
import dev.usher.sidecar.director.admission.Lease;
import dev.usher.sidecar.director.admission.Outcome;
import dev.usher.sidecar.director.spec.DirectorSpec;
import dev.usher.sidecar.strand.Effect;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

/**
 * A lease; as an effect it is the grant on its way to the requester. A revocation may overtake it
 * there, since another thread delivers that: who has not heard of the grant asks again, who is
 * hearing of it hears of the revocation next.
 */
final class Grant extends Effect implements Lease {
  private static final AtomicReferenceFieldUpdater<Grant, Delivery> DELIVERY =
      AtomicReferenceFieldUpdater.newUpdater(Grant.class, Delivery.class, "delivery");

  /** Where grant and revocation meet. */
  private enum Delivery {
    ON_ITS_WAY,
    BEING_HEARD,
    HEARD,
    REVOKED
  }

  static final int NOT_OUT = -1;

  final Job job;
  final BackendSlot slot;

  /** Its place among the slot's leases. [S] */
  int leaseIndex = NOT_OUT;

  /** What was known of the backend's health then; how this attempt ends says nothing of later. */
  final int healthEpoch;

  /** Likewise of whether it is an outlier. */
  final int outlierEpoch;

  private long answerNanos;
  private final DirectorHandle handle;
  private final String bucket;
  private final String backend;
  private final Target target;
  private final DirectorSpec.Settings settings;
  private final AtomicBoolean ended = new AtomicBoolean();
  private volatile Delivery delivery = Delivery.ON_ITS_WAY;

  Grant(
      DirectorHandle handle,
      Job job,
      BackendSlot slot,
      String bucket,
      DirectorSpec.Settings settings) {
    this.handle = handle;
    this.job = job;
    this.slot = slot;
    this.bucket = bucket;
    this.backend = slot.backend.name();
    this.target = slot.backend.spec().url();
    this.settings = settings;
    this.healthEpoch = slot.monitor.epoch();
    this.outlierEpoch = slot.outlier.epoch();
  }

  @Override
  protected void run() {
    if (!DELIVERY.compareAndSet(this, Delivery.ON_ITS_WAY, Delivery.BEING_HEARD)) {
      askAgain();
    } else if (!deliver()) {
      close(Outcome.CLIENT_GONE);
    } else if (!DELIVERY.compareAndSet(this, Delivery.BEING_HEARD, Delivery.HEARD)) {
      job.ask.requester().onRevoked(this);
    }
  }

  private boolean deliver() {
    try {
      return job.deliver(new Admission.Granted(this));
    } catch (Throwable e) {
      close(Outcome.CLIENT_GONE);
      throw e;
    }
  }

  private void askAgain() {
    if (ended.compareAndSet(false, true)) {
      handle.askAgain(this);
    }
  }

  /** The backend was removed at once. Once the strand is let go. */
  void revoke() {
    Delivery now = delivery;
    while (now == Delivery.ON_ITS_WAY || now == Delivery.BEING_HEARD) {
      if (DELIVERY.compareAndSet(this, now, Delivery.REVOKED)) {
        return;
      }
      now = delivery;
    }
    job.ask.requester().onRevoked(this);
  }

  @Override
  public String director() {
    return handle.name();
  }

  @Override
  public String bucket() {
    return bucket;
  }

  @Override
  public String backend() {
    return backend;
  }

  @Override
  public Target target() {
    return target;
  }

  @Override
  public DirectorSpec.Settings settings() {
    return settings;
  }

  @Override
  public void answeredAfter(long nanos) {
    answerNanos = nanos;
  }

  /** What {@link #answeredAfter} was told. Once it has ended. */
  long answerNanos() {
    return answerNanos;
  }

  @Override
  public void close(Outcome outcome) {
    if (ended.compareAndSet(false, true)) {
      handle.release(this, outcome);
    }
  }

  @Override
  public void retry(Outcome outcome) {
    if (ended.compareAndSet(false, true)) {
      job.reopen();
      handle.retry(this, outcome);
    }
  }
}
