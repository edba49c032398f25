package dev.usher.sidecar.director.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.sidecar.backend.BackendSpec;
import dev.usher.sidecar.backend.Role;
import dev.usher.sidecar.backend.Target;
import dev.usher.sidecar.director.Admission;
import dev.usher.sidecar.director.Ask;
import dev.usher.sidecar.director.Change;
import dev.usher.sidecar.director.Definition;
import dev.usher.sidecar.director.Director;
import dev.usher.sidecar.director.DirectorSpec;
import dev.usher.sidecar.director.Keeper;
import dev.usher.sidecar.director.Lease;
import dev.usher.sidecar.director.Origin;
import dev.usher.sidecar.director.Outcome;
import dev.usher.sidecar.director.Requester;
import dev.usher.sidecar.director.Step;
import dev.usher.sidecar.director.Ticket;
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
final class DirectorKit {
  final FakeTime time = new FakeTime();
  final ArrayDeque<Probing> probes = new ArrayDeque<>();
  final List<String> healthLog = new ArrayList<>();
  final DirectorRegistry directors;
  final Director director;

  DirectorKit(Supplier<Serial> strands, DirectorSpec spec) {
    this(strands, new Random(1)::nextInt, Keeper.NONE, spec);
  }

  DirectorKit(Keeper keeper, DirectorSpec spec) {
    this(DirectorKit::strand, new Random(1)::nextInt, keeper, spec);
  }

  /** What is thrown inside it is not passed on. */
  DirectorKit(DirectorSpec spec, Dice dice) {
    this(() -> new Strand(bug -> {}), dice, Keeper.NONE, spec);
  }

  private DirectorKit(Supplier<Serial> strands, Dice dice, Keeper keeper, DirectorSpec spec) {
    directors =
        new DirectorRegistry(
            new DirectorPorts(
                time,
                time,
                dice,
                (target, timeout, done) -> probes.add(new Probing(target, done)),
                (director, backend, now, cause) ->
                    healthLog.add(String.join(" ", director, backend, now.name(), cause)),
                keeper,
                strands));
    director = directors.start(new Definition(spec, 1, new Origin.Api()), null);
  }

  DirectorKit(DirectorSpec spec) {
    this(DirectorKit::strand, spec);
  }

  static Serial strand() {
    return new Strand(
        bug -> {
          throw new AssertionError(bug);
        });
  }

  /** Both ways to be inside one at a time; scripts must not tell them apart. */
  static Stream<Supplier<Serial>> strands() {
    return Stream.of(DirectorKit::strand, LockSerial::new);
  }

  static DirectorSpec spec(List<BackendSpec> backends, BucketSpec... buckets) {
    return new DirectorSpec("app", DirectorSpec.Settings.DEFAULT, backends, List.of(buckets));
  }

  static BackendSpec backend(String name, int capacity, Role role) {
    return new BackendSpec(
        name, new Target("127.0.0.1", 1000 + name.hashCode() % 1000), capacity, role, true);
  }

  static BackendSpec active(String name, int capacity) {
    return backend(name, capacity, Role.ACTIVE);
  }

  Asked ask(@Nullable String bucket) {
    return new Asked(director, bucket, null);
  }

  Asked pin(String backend) {
    return new Asked(director, null, backend);
  }

  /** What becomes of a step at once. */
  Change commit(Step step) {
    CompletableFuture<Change> change = directors.commit(step).toCompletableFuture();
    assertThat(change).isDone();
    return change.join();
  }

  /** Applies a change of the specification in force. */
  void change(UnaryOperator<DirectorSpec> edit) {
    Definition now = director.definition();
    Change change = commit(new Step.Replace(edit.apply(now.spec()), now.version()));
    if (!(change instanceof Change.Applied)) {
      throw new AssertionError("not applied: " + change);
    }
  }

  /** A probe that waits for its answer. */
  record Probing(Target target, Consumer<Boolean> done) {
    void accept(boolean good) {
      done.accept(good);
    }
  }

  /** A request and all that it heard. */
  static final class Asked implements Requester {
    final Ticket ticket;
    @Nullable Admission last;
    int heard;
    int revoked;

    /** Runs while it hears. */
    Runnable whenHeard = () -> {};

    private boolean hearing;

    Asked(Director director, @Nullable String bucket, @Nullable String pinned) {
      ticket = director.admit(new Ask(bucket, pinned, this));
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

    Lease lease() {
      if (last instanceof Admission.Granted granted) {
        return granted.lease();
      }
      throw new AssertionError("want a grant, got " + last);
    }

    /** Fails the attempt; whatever comes of it is new. */
    void retry(Outcome outcome) {
      Lease lease = lease();
      last = null;
      lease.retry(outcome);
    }

    boolean isGranted() {
      return last instanceof Admission.Granted;
    }

    /** The backend's name, the reason of the refusal, or "waits". */
    String state() {
      if (last instanceof Admission.Granted granted) {
        return granted.lease().backend();
      }
      return last instanceof Admission.Refused refused ? refused.reason().text() : "waits";
    }
  }
}
