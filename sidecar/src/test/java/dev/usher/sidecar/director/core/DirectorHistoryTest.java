package dev.usher.sidecar.director.core;

import static dev.usher.sidecar.director.core.DirectorKit.backend;
import static dev.usher.sidecar.director.core.DirectorKit.spec;
import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.sidecar.backend.BackendSpec;
import dev.usher.sidecar.backend.Role;
import dev.usher.sidecar.director.BackendView;
import dev.usher.sidecar.director.DirectorView;
import dev.usher.sidecar.director.Outcome;
import dev.usher.sidecar.director.core.DirectorKit.Asked;
import dev.usher.sidecar.health.HealthState;
import dev.usher.sidecar.shaper.BucketSpec;
import dev.usher.sidecar.strand.Serial;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random histories of a whole director; what must always hold is checked after every step. */
class DirectorHistoryTest {
  private static final int HISTORIES = 1_000;
  private static final int STEPS = 120;
  private static final List<Role> ROLES = List.of(Role.values());
  private static final String[] NAMES = {"vip", "upload", "jail", "nobody"};

  @ParameterizedTest
  @MethodSource("dev.usher.sidecar.director.core.DirectorKit#strands")
  void holds_after_every_step(Supplier<Serial> strands) {
    long first = Long.getLong("usher.seed", 1L);
    for (long seed = first; seed < first + HISTORIES; seed++) {
      new History(strands, seed).run();
    }
  }

  private static final class History {
    private final long seed;
    private final Random random;
    private final DirectorKit kit;
    private final List<Asked> running = new ArrayList<>();
    private final List<Asked> waiting = new ArrayList<>();
    private int pinned;
    private final List<Asked> pinnedRunning = new ArrayList<>();

    History(Supplier<Serial> strands, long seed) {
      this.seed = seed;
      this.random = new Random(seed);
      this.kit = new DirectorKit(strands, spec(backends()).withBuckets(buckets()));
    }

    void run() {
      for (int step = 0; step < STEPS; step++) {
        step();
        sort();
        check();
      }
      windUp();
    }

    private void step() {
      switch (random.nextInt(12)) {
        case 0, 1, 2, 3 -> waiting.add(kit.ask(random.nextInt(3) == 0 ? null : name()));
        case 4, 5, 6 -> end(Outcome.SERVED);
        case 7 -> end(random.nextBoolean() ? Outcome.CONNECT_FAILED : Outcome.RESET);
        case 8 -> cancelOne();
        case 9 -> kit.time.advanceMillis(random.nextInt(8_000));
        case 10 -> answerProbes();
        default -> changeOrPin();
      }
    }

    private String name() {
      return NAMES[random.nextInt(NAMES.length)];
    }

    private void end(Outcome outcome) {
      if (!running.isEmpty()) {
        Asked asked = running.remove(random.nextInt(running.size()));
        if (outcome != Outcome.SERVED && random.nextBoolean()) {
          waiting.add(asked);
          asked.retry(outcome);
        } else {
          asked.lease().close(outcome);
        }
      } else if (!pinnedRunning.isEmpty()) {
        pinnedRunning.remove(0).lease().close(outcome);
      }
    }

    private void cancelOne() {
      if (!waiting.isEmpty()) {
        waiting.remove(random.nextInt(waiting.size())).ticket.cancel();
      }
    }

    private void answerProbes() {
      while (!kit.probes.isEmpty()) {
        kit.probes.remove().accept(random.nextInt(3) > 0);
      }
    }

    private void changeOrPin() {
      switch (random.nextInt(4)) {
        case 0 -> kit.change(s -> s.withBackends(backends()));
        case 1 -> kit.change(s -> s.withBuckets(buckets()));
        case 2 ->
            kit.change(
                s -> s.withSettings(s.settings().edit().enabled(random.nextInt(4) > 0).build()));
        default -> {
          Asked asked = kit.pin("b" + random.nextInt(3));
          pinned++;
          if (asked.isGranted()) {
            pinnedRunning.add(asked);
          }
        }
      }
    }

    /** Moves those that have heard. */
    private void sort() {
      for (Asked asked : List.copyOf(waiting)) {
        if (asked.last != null) {
          waiting.remove(asked);
          if (asked.isGranted()) {
            running.add(asked);
          }
        }
      }
    }

    private void check() {
      DirectorView view = kit.director.view();
      boolean regular = hasRegular(view);
      same("requests at backends", view.load().current(), running.size() + pinnedRunning.size());
      same("tokens", view.shaper().actual(), running.size());
      same("waiters", view.queued().current(), waiting.size());
      same("capacity", view.capacity(), capacity(view, regular));
      same("timers that watch one thing twice", Math.max(0, extraTimers(view)), 0);
      if (view.capacity() > running.size() && placeFree(view, regular)) {
        same("untagged waiters that fit", view.shaper().queued(), 0);
      }
    }

    /** One timer for the queue, one for each backend that is offline. */
    private int extraTimers(DirectorView view) {
      return kit.time.timers() - 1 - view.backends().size();
    }

    private void same(String what, int got, int want) {
      if (got != want) {
        throw new AssertionError("seed %d: %s: want %d, got %d".formatted(seed, what, want, got));
      }
    }

    private static boolean placeFree(DirectorView view, boolean regular) {
      return view.backends().stream()
          .anyMatch(b -> inService(b, regular) && b.load().current() < b.spec().capacity());
    }

    private static int capacity(DirectorView view, boolean regular) {
      return view.backends().stream()
          .filter(b -> inService(b, regular))
          .mapToInt(b -> b.spec().capacity())
          .sum();
    }

    private static boolean hasRegular(DirectorView view) {
      return view.backends().stream()
          .anyMatch(b -> isAvailable(b) && b.spec().role() != Role.BACKUP);
    }

    private static boolean inService(BackendView view, boolean regular) {
      return isAvailable(view) && (view.spec().role() != Role.BACKUP) == regular;
    }

    private static boolean isAvailable(BackendView view) {
      return view.spec().enabled()
          && view.health().state() == HealthState.ONLINE
          && view.spec().role() != Role.TERMINATING;
    }

    /** Ends everything: all must be zero, and everybody has heard once for each ask. */
    private void windUp() {
      kit.change(s -> s.withSettings(s.settings().edit().enabled(false).build()));
      sort();
      assertThat(waiting).as("seed %d", seed).isEmpty();
      running.forEach(asked -> asked.lease().close(Outcome.SERVED));
      pinnedRunning.forEach(asked -> asked.lease().close(Outcome.SERVED));
      DirectorView view = kit.director.view();
      assertThat(view.shaper().actual()).as("seed %d", seed).isZero();
      assertThat(view.load().current()).as("seed %d", seed).isZero();
      view.shaper()
          .buckets()
          .forEach(bucket -> assertThat(bucket.actual()).as("seed %d", seed).isZero());
      assertThat(view.load().total()).isGreaterThanOrEqualTo(pinned - view.dropped());
    }

    private List<BackendSpec> backends() {
      List<BackendSpec> specs = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        if (random.nextInt(5) > 0) {
          Role role = ROLES.get(random.nextInt(4));
          specs.add(
              backend("b" + i, 1 + random.nextInt(4), role).withEnabled(random.nextInt(5) > 0));
        }
      }
      return specs;
    }

    private List<BucketSpec> buckets() {
      return switch (random.nextInt(3)) {
        case 0 -> List.of(BucketSpec.of("vip", "40%", "80%"), BucketSpec.of("upload", "1t", "2t"));
        case 1 ->
            List.of(
                BucketSpec.of("vip", "60%", "100%", BucketSpec.of("upload", "50%", "50%")),
                BucketSpec.of("jail", "0%", "1t"));
        default -> List.of(BucketSpec.of("jail", "20%", "20%"));
      };
    }
  }
}
