package dev.usher.sidecar.director.core;

import dev.usher.sidecar.backend.Target;
import dev.usher.sidecar.director.Admission;
import dev.usher.sidecar.director.DirectorSpec;
import dev.usher.sidecar.director.Lease;
import dev.usher.sidecar.director.Outcome;
import dev.usher.sidecar.strand.Effect;
import java.util.concurrent.atomic.AtomicBoolean;

/** A lease; as an effect it is the grant on its way to the requester. */
final class Grant extends Effect implements Lease {
  static final int NOT_OUT = -1;

  final Job job;
  final BackendSlot slot;

  /** Its place among the slot's leases. [S] */
  int leaseIndex = NOT_OUT;

  /** What was known of the backend's health then; how this attempt ends says nothing of later. */
  final int healthEpoch;

  private final DirectorHandle handle;
  private final String bucket;
  private final String backend;
  private final Target target;
  private final DirectorSpec.Settings settings;
  private final AtomicBoolean ended = new AtomicBoolean();

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
  }

  @Override
  protected void run() {
    if (!job.deliver(new Admission.Granted(this))) {
      close(Outcome.CLIENT_GONE);
    }
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
