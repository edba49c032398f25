package dev.usher.sidecar.director.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.sidecar.backend.BackendSpec;
import dev.usher.sidecar.backend.Role;
import dev.usher.sidecar.backend.Target;
import dev.usher.sidecar.director.Director;
import dev.usher.sidecar.director.admission.Admission;
import dev.usher.sidecar.director.admission.Ask;
import dev.usher.sidecar.director.admission.Lease;
import dev.usher.sidecar.director.admission.Outcome;
import dev.usher.sidecar.director.admission.Requester;
import dev.usher.sidecar.director.admission.Ticket;
import dev.usher.sidecar.director.change.Change;
import dev.usher.sidecar.director.change.Definition;
import dev.usher.sidecar.director.change.Keeper;
import dev.usher.sidecar.director.change.Origin;
import dev.usher.sidecar.director.change.Step;
import dev.usher.sidecar.director.change.Versions;
import dev.usher.sidecar.director.registry.DirectorRegistry;
import dev.usher.sidecar.director.spec.DirectorSpec;
import dev.usher.sidecar.health.Jitter;
import dev.usher.sidecar.health.Probe;
import dev.usher.sidecar.shaper.BucketSpec;
import dev.usher.sidecar.strand.LockSerial;
import dev.usher.sidecar.strand.Serial;
import dev.usher.sidecar.strand.Strand;
import dev.usher.sidecar.time.Dice;
import dev.usher.sidecar.time.FakeTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A director with time, probes and dice in the test's hand. */
public final class DirectorKit {
  public final FakeTime time = new FakeTime();
  public final ArrayDeque<Probing> probes = new ArrayDeque<>();
  public final List<String> healthLog = new ArrayList<>();
  public final DirectorRegistry directors;
  public final Director director;

  public DirectorKit(Supplier<Serial> strands, DirectorSpec spec) {
    this(strands, middling(), Keeper.NONE, spec);
  }

  public DirectorKit(Keeper keeper, DirectorSpec spec) {
    this(DirectorKit::strand, middling(), keeper, spec);
  }

  /** Chance for all but delays, which are what they say. */
  private static Dice middling() {
    Random random = new Random(1);
    return sides -> sides == Jitter.SIDES ? sides / 2 : random.nextInt(sides);
  }

  /** What is thrown inside it is not passed on. */
  public DirectorKit(DirectorSpec spec, Dice dice) {
    this(() -> new Strand(bug -> {}), dice, Keeper.NONE, spec);
  }

  DirectorKit(Supplier<Serial> strands, Dice dice, DirectorSpec spec) {
    this(strands, dice, Keeper.NONE, spec);
  }

  private DirectorKit(Supplier<Serial> strands, Dice dice, Keeper keeper, DirectorSpec spec) {
    directors =
        new DirectorRegistry(
            new DirectorPorts(
                time,
                time,
                dice,
                (target, how, done) -> {
                  probes.add(new Probing(target, done));
                  return () -> {};
                },
                (director, backend, now, cause) ->
                    healthLog.add(String.join(" ", director, backend, now.name(), cause)),
                keeper,
                new Versions(() -> 0),
                strands));
    director = directors.start(new Definition(spec, 1, new Origin.Api()), null);
  }

  public DirectorKit(DirectorSpec spec) {
    this(DirectorKit::strand, spec);
  }

  public static Serial strand() {
    return new Strand(
        bug -> {
          throw new AssertionError(bug);
        });
  }

  /** Both ways to be inside one at a time; scripts must not tell them apart. */
  public static Stream<Supplier<Serial>> strands() {
    return Stream.of(DirectorKit::strand, LockSerial::new);
  }

  public static DirectorSpec spec(List<BackendSpec> backends, BucketSpec... buckets) {
    return new DirectorSpec("app", DirectorSpec.Settings.DEFAULT, backends, List.of(buckets));
  }

  public static BackendSpec backend(String name, int capacity, Role role) {
    return new BackendSpec(
        name, new Target("127.0.0.1", 1000 + name.hashCode() % 1000), capacity, role, true);
  }

  public static BackendSpec active(String name, int capacity) {
    return backend(name, capacity, Role.ACTIVE);
  }

  public Asked ask(@Nullable String bucket) {
    return ask(bucket, Ask.NO_DEADLINE);
  }

  /** Asks with a deadline on the kit's clock. */
  public Asked ask(@Nullable String bucket, long deadlineNanos) {
    return new Asked(director, bucket, null, deadlineNanos);
  }

  public Asked pin(String backend) {
    return pin(backend, Ask.NO_DEADLINE);
  }

  /** The same past the shaper. */
  public Asked pin(String backend, long deadlineNanos) {
    return new Asked(director, null, backend, deadlineNanos);
  }

  /** What becomes of a step at once. */
  public Change commit(Step step) {
    CompletableFuture<Change> change = directors.commit(step).toCompletableFuture();
    assertThat(change).isDone();
    return change.join();
  }

  /** Applies a change of the specification in force. */
  public void change(UnaryOperator<DirectorSpec> edit) {
    Definition now = director.definition();
    Change change = commit(new Step.Replace(edit.apply(now.spec()), now.version()));
    if (!(change instanceof Change.Applied)) {
      throw new AssertionError("not applied: " + change);
    }
  }

  /** A probe that waits for its answer. */
  public record Probing(Target target, Consumer<Probe.Result> done) {
    public void accept(boolean good) {
      done.accept(new Probe.Result(good, good ? "good" : "bad"));
    }
  }

  /** A request and all that it heard. */
  public static final class Asked implements Requester {
    final Ask ask;
    public final Ticket ticket;
    public @Nullable Admission last;
    public int heard;
    public int revoked;

    /** Runs while it hears. */
    public Runnable whenHeard = () -> {};

    private boolean hearing;

    public Asked(Director director, @Nullable String bucket, @Nullable String pinned) {
      this(director, bucket, pinned, Ask.NO_DEADLINE);
    }

    Asked(Director director, @Nullable String bucket, @Nullable String pinned, long deadlineNanos) {
      ask = new Ask(bucket, pinned, deadlineNanos, this);
      ticket = director.admit(ask);
    }

    @Override
    public void onAdmission(Admission admission) {
      last = admission;
      heard++;
      hearing = true;
      whenHeard.run();
      hearing = false;
    }

    @Override
    public void onRevoked(Lease lease) {
      if (heard == 0 || hearing) {
        throw new AssertionError("a lease was revoked before it was there");
      }
      revoked++;
    }

    public Lease lease() {
      if (last instanceof Admission.Granted granted) {
        return granted.lease();
      }
      throw new AssertionError("want a grant, got " + last);
    }

    /** Fails the attempt; whatever comes of it is new. */
    public void retry(Outcome outcome) {
      Lease lease = lease();
      last = null;
      lease.retry(outcome);
    }

    public boolean isGranted() {
      return last instanceof Admission.Granted;
    }

    /** The backend's name, the reason of the refusal, or "waits". */
    public String state() {
      if (last instanceof Admission.Granted granted) {
        return granted.lease().backend();
      }
      return last instanceof Admission.Refused refused ? refused.reason().text() : "waits";
    }
  }
}
