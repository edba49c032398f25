package dev.usher.sidecar.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.sidecar.backend.Backend;
import dev.usher.sidecar.backend.BackendSpec;
import dev.usher.sidecar.backend.Role;
import dev.usher.sidecar.backend.Target;
import dev.usher.sidecar.backend.check.HealthCheckSpec;
import dev.usher.sidecar.backend.check.HealthMode;
import dev.usher.sidecar.health.Probe.Result;
import dev.usher.sidecar.time.FakeTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Who took long the last time waits behind others like him only. */
class SlowProbesTest {
  private static final int TIMEOUT_MILLIS = 1_000;
  private static final int INTERVAL_MILLIS = 2_000;
  private static final HealthCheckSpec HOW =
      HealthCheckSpec.DEFAULT
          .edit()
          .interval(Duration.ofMillis(INTERVAL_MILLIS))
          .timeout(Duration.ofMillis(TIMEOUT_MILLIS))
          .build();

  private final FakeTime time = new FakeTime();
  private final List<Asked> running = new ArrayList<>();
  private int most;

  private record Asked(int port, Consumer<Result> done) {}

  private BoundedProbe bounded(int places) {
    return new BoundedProbe(
        (target, how, done) -> {
          running.add(new Asked(target.port(), done));
          most = Math.max(most, running.size());
          return () -> {};
        },
        places,
        time);
  }

  private void ask(Probe probe, int from, int to) {
    for (int port = from; port <= to; port++) {
      probe.probe(new Target("127.0.0.1", port), HOW, result -> {});
    }
  }

  private List<Integer> ports() {
    return running.stream().map(Asked::port).toList();
  }

  /** The first that runs ends. */
  private void end() {
    running.remove(0).done().accept(new Result(true, "by this test"));
  }

  private void endAll() {
    while (!running.isEmpty()) {
      end();
    }
  }

  /** Each of these has been probed once, and that took so long. */
  private BoundedProbe after(int places, int from, int to, long tookNanos) {
    BoundedProbe probe = bounded(places);
    for (int port = from; port <= to; port++) {
      ask(probe, port, port);
      time.advanceNanos(tookNanos);
      end();
    }
    return probe;
  }

  @Test
  void each_line_leaves_a_quarter_of_the_places_to_the_other() {
    BoundedProbe probe = after(8, 1, 8, TIMEOUT_MILLIS * 1_000_000L);
    ask(probe, 1, 8);
    assertThat(ports()).as("slow ones alone").containsExactly(1, 2, 3, 4, 5, 6);
    ask(probe, 11, 18);
    assertThat(ports()).as("quick ones").containsExactly(1, 2, 3, 4, 5, 6, 11, 12);
    end();
    assertThat(ports()).as("quick ones first").containsExactly(2, 3, 4, 5, 6, 11, 12, 13);
    for (int i = 0; i < 3; i++) {
      end();
    }
    assertThat(ports()).containsExactly(5, 6, 11, 12, 13, 14, 15, 16);
    end();
    assertThat(ports())
        .as("two places for slow ones")
        .containsExactly(6, 11, 12, 13, 14, 15, 16, 7);
  }

  @ParameterizedTest(name = "{0} ns of a timeout of {1} ms")
  @CsvSource({
    "499999999, 1000, false",
    "500000000, 1000, true",
    "500000001, 1000, true",
    "499999999, 300000, false",
    "500000000, 300000, true",
    "99999999, 200, false",
    "100000000, 200, true"
  })
  void half_a_timeout_is_long_and_half_a_second_at_most(
      long tookNanos, long timeoutMillis, boolean slow) {
    HealthCheckSpec how = HOW.edit().timeout(Duration.ofMillis(timeoutMillis)).build();
    Target target = new Target("127.0.0.1", 1);
    SlowTargets targets = new SlowTargets();
    targets.learn(target, how, tookNanos);
    assertThat(targets.contains(target)).isEqualTo(slow);
    targets.learn(target, how, 0);
    assertThat(targets.contains(target)).as("quick again").isFalse();
  }

  @Test
  void what_is_remembered_of_targets_that_are_no_more_has_a_limit() {
    SlowTargets targets = new SlowTargets();
    for (int port = 1; port <= SlowTargets.MOST + 1; port++) {
      targets.learn(new Target("127.0.0.1", port), HOW, HOW.timeout().toNanos());
    }
    assertThat(targets.contains(new Target("127.0.0.1", SlowTargets.MOST))).isFalse();
    assertThat(targets.contains(new Target("127.0.0.1", SlowTargets.MOST + 1))).isTrue();
  }

  @Test
  void a_probe_that_was_called_off_teaches_nothing() {
    BoundedProbe probe = bounded(8);
    Probe.Pending pending = probe.probe(new Target("127.0.0.1", 1), HOW, result -> {});
    time.advanceMillis(TIMEOUT_MILLIS);
    pending.cancel();
    endAll();
    ask(probe, 1, 8);
    assertThat(ports()).as("all six are in the quick line").containsExactly(1, 2, 3, 4, 5, 6);
    BoundedProbe slow = after(8, 11, 11, TIMEOUT_MILLIS * 1_000_000L);
    slow.probe(new Target("127.0.0.1", 11), HOW, result -> {}).cancel();
    endAll();
    ask(slow, 11, 17);
    assertThat(ports()).as("11 is slow still").containsExactly(11, 12, 13, 14, 15, 16, 17);
  }

  /**
   * A thousand backends behind a dead switch, which answer nothing, and one that comes back: what
   * it needs is its own time, whatever they do.
   */
  @ParameterizedTest
  @EnumSource(HealthMode.class)
  void a_dead_switch_holds_up_no_other_backend(HealthMode mode) {
    Switch all = new Switch(mode);
    all.run(60_000);
    assertThat(most).as("probes at once").isLessThanOrEqualTo(BoundedProbe.MOST);
    assertThat(all.one.view().state()).isEqualTo(HealthState.OFFLINE);
    all.isBack = true;
    all.run(2L * INTERVAL_MILLIS * 11 / 10);
    assertThat(all.one.view().state())
        .as("two good probes, each an interval after the one before")
        .isEqualTo(HealthState.ONLINE);
  }

  /** Those behind it are found too when it works again: within a timeout and two intervals. */
  @Test
  void all_are_found_when_the_switch_works_again() {
    Switch all = new Switch(HealthMode.LAZY);
    all.run(60_000);
    all.works = true;
    all.run(TIMEOUT_MILLIS + 2L * INTERVAL_MILLIS * 11 / 10);
    assertThat(all.dead).extracting(each -> each.view().state()).containsOnly(HealthState.ONLINE);
  }

  private final class Switch {
    private static final int DEAD = 1_000;

    private final Jitter jitter = new Jitter(new Random(3)::nextInt);
    private final Probe probe = new BoundedProbe(this::ask, BoundedProbe.MOST, time);
    private final HealthPorts ports = new HealthPorts(probe, time, time, jitter, Runnable::run);
    private final List<Monitor> dead = new ArrayList<>();
    private final Monitor one;
    private boolean isBack;
    private boolean works;
    private int now;

    Switch(HealthMode mode) {
      for (int port = 1; port <= DEAD; port++) {
        dead.add(monitor(port, mode));
      }
      one = monitor(DEAD + 1, mode);
    }

    private Monitor monitor(int port, HealthMode mode) {
      BackendSpec spec =
          new BackendSpec("b" + port, new Target("127.0.0.1", port), 1, Role.ACTIVE, true);
      Monitor monitor =
          new Monitor(
              new Backend(spec, changed -> {}),
              HOW.edit().mode(mode).build(),
              ports,
              new Monitor.Listener() {
                @Override
                public void onChange(HealthState now, String cause) {}

                @Override
                public void onFailed() {}
              });
      monitor.start();
      monitor.onFailure("refused");
      return monitor;
    }

    /** One is refused or answers after a millisecond, the others at their timeout. */
    private Probe.Pending ask(Target target, HealthCheckSpec how, Consumer<Result> done) {
      most = Math.max(most, ++now);
      boolean isOne = target.port() == DEAD + 1;
      boolean good = isOne ? isBack : works;
      long millis = isOne || works ? 1 : TIMEOUT_MILLIS;
      time.after(
          millis * 1_000_000,
          () -> {
            now--;
            done.accept(new Result(good, "by this test"));
          });
      return () -> {};
    }

    private void run(long millis) {
      time.advanceMillis(millis + 2);
    }
  }
}
