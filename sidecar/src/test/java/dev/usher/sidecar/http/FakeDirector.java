package dev.usher.sidecar.http;

import dev.usher.sidecar.backend.Target;
import dev.usher.sidecar.director.Director;
import dev.usher.sidecar.director.admission.Admission;
import dev.usher.sidecar.director.admission.Ask;
import dev.usher.sidecar.director.admission.Lease;
import dev.usher.sidecar.director.admission.Outcome;
import dev.usher.sidecar.director.admission.Reason;
import dev.usher.sidecar.director.admission.Ticket;
import dev.usher.sidecar.director.change.Definition;
import dev.usher.sidecar.director.change.Memory;
import dev.usher.sidecar.director.change.Origin;
import dev.usher.sidecar.director.spec.DirectorSpec;
import dev.usher.sidecar.director.spec.DirectorSpec.Settings;
import dev.usher.sidecar.director.view.DirectorView;
import dev.usher.sidecar.shaper.Explanation;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Grants its targets in turn, or keeps everybody waiting; writes down what it is told. */
final class FakeDirector implements Director {
  final List<Held> waiting = new CopyOnWriteArrayList<>();
  final List<Held> granted = new CopyOnWriteArrayList<>();
  final List<String> events = new CopyOnWriteArrayList<>();
  volatile Settings settings;
  volatile List<Target> targets;
  volatile boolean holds;
  volatile boolean isDefective;
  volatile @Nullable Reason refuses;

  FakeDirector(Settings settings, Target... targets) {
    this.settings = settings;
    this.targets = List.of(targets);
  }

  @Override
  public Ticket admit(Ask ask) {
    Held held = new Held(ask);
    decide(held);
    return held;
  }

  private void decide(Held held) {
    Reason reason = refuses;
    if (reason != null) {
      events.add("refused");
      held.ask.requester().onAdmission(new Admission.Refused(reason));
    } else if (holds) {
      events.add("queued");
      waiting.add(held);
    } else {
      grant(held);
    }
  }

  private void grant(Held held) {
    if (held.attempts >= targets.size()) {
      held.ask.requester().onAdmission(new Admission.Refused(Reason.RETRIES_EXHAUSTED));
      return;
    }
    HeldLease lease = new HeldLease(held, targets.get(held.attempts));
    held.attempts++;
    held.lease = lease;
    granted.add(held);
    held.ask.requester().onAdmission(new Admission.Granted(lease));
  }

  /** Grants the first waiter, on the calling thread. */
  void grantFirst() {
    grant(waiting.remove(0));
  }

  void refuseFirst(Reason reason) {
    waiting.remove(0).ask.requester().onAdmission(new Admission.Refused(reason));
  }

  /** Revokes the last lease. */
  void revoke() {
    Held last = granted.get(granted.size() - 1);
    last.ask.requester().onRevoked(Objects.requireNonNull(last.lease));
  }

  final class Held implements Ticket {
    final Ask ask;
    int attempts;
    volatile @Nullable HeldLease lease;

    Held(Ask ask) {
      this.ask = ask;
    }

    @Override
    public void cancel() {
      events.add("cancelled");
      waiting.remove(this);
    }
  }

  final class HeldLease implements Lease {
    private final Held held;
    private final Target target;
    private final AtomicBoolean closed = new AtomicBoolean();

    HeldLease(Held held, Target target) {
      this.held = held;
      this.target = target;
    }

    @Override
    public String director() {
      return "app";
    }

    @Override
    public String bucket() {
      String bucket = held.ask.bucket();
      return bucket == null ? "root" : bucket;
    }

    @Override
    public String backend() {
      return "app0" + (targets.indexOf(target) + 1);
    }

    @Override
    public Target target() {
      if (isDefective) {
        throw new IllegalStateException("a defect, made by this test");
      }
      return target;
    }

    @Override
    public Settings settings() {
      return settings;
    }

    @Override
    public void answeredAfter(long nanos) {}

    @Override
    public void close(Outcome outcome) {
      events.add((closed.getAndSet(true) ? "closed twice " : "") + outcome);
    }

    @Override
    public void retry(Outcome outcome) {
      events.add((closed.getAndSet(true) ? "closed twice " : "") + "retry " + outcome);
      decide(held);
    }
  }

  @Override
  public String name() {
    return "app";
  }

  @Override
  public Definition definition() {
    DirectorSpec spec = new DirectorSpec("app", settings, List.of(), List.of());
    return new Definition(spec, 1, new Origin.Api());
  }

  @Override
  public Memory memory() {
    throw new UnsupportedOperationException();
  }

  @Override
  public long activity() {
    throw new UnsupportedOperationException();
  }

  @Override
  public DirectorView view() {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletionStage<Explanation> explain(String bucket) {
    throw new UnsupportedOperationException();
  }
}
