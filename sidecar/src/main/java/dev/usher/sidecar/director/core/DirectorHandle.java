package dev.usher.sidecar.director.core;

import dev.usher.sidecar.director.Ask;
import dev.usher.sidecar.director.BackendView;
import dev.usher.sidecar.director.Change;
import dev.usher.sidecar.director.Director;
import dev.usher.sidecar.director.DirectorSpec;
import dev.usher.sidecar.director.DirectorView;
import dev.usher.sidecar.director.Outcome;
import dev.usher.sidecar.director.Ticket;
import dev.usher.sidecar.shaper.Bucket;
import dev.usher.sidecar.shaper.BucketView;
import dev.usher.sidecar.shaper.Explanation;
import dev.usher.sidecar.strand.Effect;
import dev.usher.sidecar.strand.Serial;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongConsumer;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** The door of a director: posts to its strand, reads what the strand published. [any] */
final class DirectorHandle implements Director {
  private final String name;
  private final DirectorPorts ports;
  private final Serial strand;
  private final DirectorMeters meters = new DirectorMeters();
  private final DirectorState state;

  /**
   * @param version of {@code spec}; each change counts on from there
   */
  DirectorHandle(DirectorSpec spec, long version, DirectorPorts ports) {
    this.name = spec.name();
    this.ports = ports;
    this.strand = ports.strands().get();
    this.state = new DirectorState(this, new Versioned(spec, version), ports, strand, meters);
    inside(state.core()::settle);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Versioned spec() {
    return state.published().spec();
  }

  @Override
  public DirectorView view() {
    DirectorState.Published published = state.published();
    long nowNanos = ports.clock().nanos();
    List<BackendView> backends = new ArrayList<>();
    published.slots().forEach(slot -> backends.add(slot.view(nowNanos)));
    BucketView root = state.shaper().view();
    return new DirectorView(
        published.spec().spec(),
        published.spec().version(),
        root.rate(),
        meters.load.read(),
        meters.queued.read(),
        meters.dropped.read(),
        meters.unknownBucket.read(),
        root,
        List.copyOf(backends));
  }

  @Override
  public Ticket admit(Ask ask) {
    Job job = new Job(ask, this);
    strand.post(job);
    return job;
  }

  /** [S] */
  void ask(Job job) {
    state.core().ask(job, ports.clock().nanos());
  }

  void cancel(Job job) {
    inside(now -> state.core().cancel(job, now));
  }

  void release(Grant grant, Outcome outcome) {
    // Posted without inside(): that would be one more object for each request.
    strand.post(
        () -> {
          state.core().release(grant, outcome, ports.clock().nanos());
          state.forgetIfDone(grant.slot);
        });
  }

  void retry(Grant grant, Outcome outcome) {
    inside(
        now -> {
          state.core().retry(grant, outcome, now);
          state.forgetIfDone(grant.slot);
        });
  }

  @Override
  public CompletionStage<Change> replace(DirectorSpec next, long expectedVersion) {
    if (!next.name().equals(name)) {
      throw new IllegalArgumentException(
          "director %s: a specification of '%s'".formatted(name, next.name()));
    }
    return answer(now -> state.replace(next, expectedVersion, now));
  }

  @Override
  public CompletionStage<Change> removeBackend(
      String backend, boolean cutNow, long expectedVersion) {
    return answer(now -> state.removeBackend(backend, cutNow, expectedVersion, now));
  }

  CompletionStage<Change> remove(long expectedVersion) {
    return answer(now -> state.remove(expectedVersion, now));
  }

  @Override
  public CompletionStage<@Nullable Explanation> explain(String bucket) {
    return answer(
        now -> {
          Bucket found = state.shaper().find(bucket);
          return found == null ? null : state.shaper().explain(found);
        });
  }

  /** Runs {@code task} on the strand with the time at which it runs. */
  void inside(LongConsumer task) {
    strand.post(() -> task.accept(ports.clock().nanos()));
  }

  /** Runs {@code task} on the strand and hands its result out when the strand has been let go. */
  private <T extends @Nullable Object> CompletionStage<T> answer(LongFunction<T> task) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    inside(
        now -> {
          try {
            T result = task.apply(now);
            strand.afterwards(Effect.of(() -> answer.complete(result)));
          } catch (RuntimeException e) {
            strand.afterwards(Effect.of(() -> answer.completeExceptionally(e)));
          }
        });
    return answer;
  }
}
