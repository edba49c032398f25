package dev.usher.sidecar.director.core;

import dev.usher.sidecar.director.Director;
import dev.usher.sidecar.director.admission.Ask;
import dev.usher.sidecar.director.admission.Outcome;
import dev.usher.sidecar.director.admission.Ticket;
import dev.usher.sidecar.director.change.Change;
import dev.usher.sidecar.director.change.Definition;
import dev.usher.sidecar.director.change.Memory;
import dev.usher.sidecar.director.spec.DirectorSpec;
import dev.usher.sidecar.director.view.BackendView;
import dev.usher.sidecar.director.view.DirectorView;
import dev.usher.sidecar.shaper.Bucket;
import dev.usher.sidecar.shaper.BucketView;
import dev.usher.sidecar.shaper.Explanation;
import dev.usher.sidecar.strand.Effect;
import dev.usher.sidecar.strand.Serial;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongConsumer;
import java.util.function.LongFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The door of a director: posts to its strand, reads what the strand published. [any] */
public final class DirectorHandle implements Director {
  private final String name;
  private final DirectorPorts ports;
  private final Serial strand;
  private final DirectorMeters meters = new DirectorMeters();
  private final DirectorState state;

  public DirectorHandle(Definition definition, DirectorPorts ports) {
    this.name = definition.name();
    this.ports = ports;
    this.strand = ports.strands().get();
    this.state = new DirectorState(this, definition, ports, strand, meters);
    inside(state::start);
  }

  /** Goes on where it ended before a restart; before anybody else knows it. */
  public void resume(Memory memory) {
    inside(
        now -> {
          state.resume(memory, ports.clock().epochMillis(), now);
          state.core().settle(now);
        });
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Definition definition() {
    return state.published().definition();
  }

  @Override
  public DirectorView view() {
    DirectorState.Published published = state.published();
    long nowNanos = ports.clock().nanos();
    List<BackendView> backends = new ArrayList<>();
    published.slots().forEach(slot -> backends.add(slot.view(nowNanos)));
    BucketView root = state.shaper().view(nowNanos);
    return new DirectorView(
        published.definition(),
        root.rate(),
        meters.load.read(),
        meters.queued.read(),
        meters.dropped.read(),
        meters.unknownBucket.read(),
        meters.readRetries(),
        meters.deadlineExceeded.read(),
        meters.rate.read(nowNanos),
        root,
        List.copyOf(backends));
  }

  @Override
  public Memory memory() {
    long nowNanos = ports.clock().nanos();
    Map<String, Memory.OfBackend> backends = new HashMap<>();
    for (BackendSlot slot : state.published().slots()) {
      backends.put(slot.backend.name(), slot.memory(nowNanos));
    }
    return new Memory(
        ports.clock().epochMillis(),
        meters.load.read(),
        meters.queued.read(),
        meters.dropped.read(),
        meters.unknownBucket.read(),
        meters.readRetries(),
        meters.deadlineExceeded.read(),
        meters.rate.recent(nowNanos),
        backends,
        state.shaper().memory(nowNanos));
  }

  @Override
  public long activity() {
    long sum = meters.load.total() + meters.queued.total() + meters.dropped.read();
    for (BackendSlot slot : state.published().slots()) {
      sum += slot.monitor.view().sinceEpochMillis();
    }
    return sum;
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

  void askAgain(Grant grant) {
    inside(
        now -> {
          state.core().askAgain(grant, now);
          state.forgetIfDone(grant.slot);
        });
  }

  /** Asks whether {@code change} can be applied; then {@link #apply} or {@link #abandon} it. */
  public CompletionStage<Preparation> prepare(
      long expectedVersion, boolean evenIfSame, UnaryOperator<DirectorSpec> change) {
    return answer(now -> state.prepare(expectedVersion, evenIfSame, change));
  }

  /**
   * Puts in force what was prepared.
   *
   * @param cut backends whose requests are broken off
   */
  public CompletionStage<Change.Applied> apply(Preparation.Ready prepared, Set<String> cut) {
    return answer(now -> state.apply(prepared, cut, now));
  }

  public void abandon() {
    inside(now -> state.abandon());
  }

  /** Ends the director, which was prepared. */
  public CompletionStage<Change.Applied> remove() {
    return answer(state::remove);
  }

  /**
   * Ends all requests, since the sidecar ends: those that wait and those that come are refused,
   * those at backends are revoked.
   */
  public void shutDown() {
    inside(state::shutDown);
  }

  /**
   * Ends the director if it is from the template and no request has been here for {@code idle}.
   *
   * @param gone runs on the strand, before any further request is heard
   */
  public void leaveIfIdle(long idleNanos, Runnable gone) {
    inside(
        now -> {
          if (state.leaveIfIdle(idleNanos, now)) {
            gone.run();
          }
        });
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
          } catch (Throwable e) {
            strand.afterwards(Effect.of(() -> answer.completeExceptionally(e)));
          }
        });
    return answer;
  }
}
