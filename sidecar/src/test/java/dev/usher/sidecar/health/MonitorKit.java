package dev.usher.sidecar.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.sidecar.backend.Backend;
import dev.usher.sidecar.backend.BackendSpec;
import dev.usher.sidecar.backend.Role;
import dev.usher.sidecar.backend.Target;
import dev.usher.sidecar.backend.check.HealthCheckEditor;
import dev.usher.sidecar.backend.check.HealthCheckSpec;
import dev.usher.sidecar.backend.check.HealthMode;
import dev.usher.sidecar.time.FakeTime;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** A monitor with time, chance and probes in the test's hand. */
final class MonitorKit {
  static final int INTERVAL_MILLIS = 2_000;

  /** Of a first probe, with the middle side of the dice. */
  static final int SOON_MILLIS = 50;

  static final int CAPACITY = 3;

  final FakeTime time = new FakeTime();
  final ArrayDeque<Probing> probes = new ArrayDeque<>();
  final List<Consumer<Probe.Result>> cancelled = new ArrayList<>();
  final List<String> told = new ArrayList<>();
  final Backend backend =
      new Backend(
          new BackendSpec("b", new Target("127.0.0.1", 1), CAPACITY, Role.ACTIVE, true),
          changed -> {});
  final Monitor monitor;

  /** What the dice show next. */
  int side = Jitter.SIDES / 2;

  int failures;

  /** Whether the strand does something else at the moment. */
  boolean busy;

  private final ArrayDeque<Runnable> posted = new ArrayDeque<>();

  /** While it is busy, what is posted to the strand waits. */
  private void post(Runnable task) {
    posted.add(task);
    if (!busy) {
      runPosted();
    }
  }

  void runPosted() {
    busy = false;
    while (!posted.isEmpty()) {
      posted.remove().run();
    }
  }

  /** A probe that waits for its answer. */
  record Probing(Target target, HealthCheckSpec how, Consumer<Probe.Result> done) {}

  private Probe.Pending ask(Target target, HealthCheckSpec how, Consumer<Probe.Result> done) {
    probes.add(new Probing(target, how, done));
    return () -> cancelled.add(done);
  }

  MonitorKit(HealthMode mode) {
    this(edit -> edit.mode(mode));
  }

  MonitorKit(UnaryOperator<HealthCheckEditor> rules) {
    monitor =
        new Monitor(
            backend,
            rules.apply(rules()).build(),
            new HealthPorts(this::ask, time, time, new Jitter(sides -> side), this::post),
            new Monitor.Listener() {
              @Override
              public void onChange(HealthState now, String cause) {
                assertThat(backend.isOnline()).isEqualTo(now == HealthState.ONLINE);
                told.add(now + ": " + cause);
              }

              @Override
              public void onFailed() {
                failures++;
              }
            });
    monitor.start();
  }

  static HealthCheckEditor rules() {
    return HealthCheckSpec.DEFAULT
        .edit()
        .interval(Duration.ofMillis(INTERVAL_MILLIS))
        .successThreshold(2);
  }

  void configure(UnaryOperator<HealthCheckEditor> rules) {
    monitor.configure(rules.apply(rules()).build());
  }

  void mode(HealthMode mode) {
    configure(edit -> edit.mode(mode));
  }

  HealthState state() {
    return monitor.view().state();
  }

  void answer(boolean good) {
    probes.remove().done().accept(new Probe.Result(good, good ? "fine" : "closed"));
  }

  /** The next probe begins after exactly so long. */
  void wantProbeAfter(long millis) {
    assertThat(probes).isEmpty();
    time.advanceMillis(millis - 1);
    time.advanceNanos(999_999);
    assertThat(probes).as("a nanosecond before %d ms", millis).isEmpty();
    time.advanceNanos(1);
    assertThat(probes).as("after %d ms", millis).hasSize(1);
  }

  void wantNoProbe() {
    time.advanceMillis(1_000L * INTERVAL_MILLIS);
    assertThat(probes).isEmpty();
    assertThat(time.timers()).isZero();
  }

  /** A request that is served at this moment. */
  void serve() {
    monitor.onRequest(time.nanos());
    monitor.onServed();
  }
}
