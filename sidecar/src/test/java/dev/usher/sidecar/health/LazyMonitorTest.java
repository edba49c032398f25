package dev.usher.sidecar.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.sidecar.backend.Backend;
import dev.usher.sidecar.backend.BackendSpec;
import dev.usher.sidecar.backend.Role;
import dev.usher.sidecar.backend.Target;
import dev.usher.sidecar.backend.check.HealthCheckSpec;
import dev.usher.sidecar.time.FakeTime;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class LazyMonitorTest {
  private static final int INTERVAL_MILLIS = 2_000;
  private final FakeTime time = new FakeTime();
  private final ArrayDeque<Consumer<Probe.Result>> probes = new ArrayDeque<>();
  private final Backend backend =
      new Backend(
          new BackendSpec("b", new Target("127.0.0.1", 1), 3, Role.ACTIVE, true), changed -> {});
  private int failures;
  private final List<String> told = new ArrayList<>();
  private final LazyMonitor monitor =
      new LazyMonitor(
          backend,
          spec(2),
          new LazyMonitor.Ports((target, how, done) -> probes.add(done), time, time, Runnable::run),
          (now, cause) -> told.add(now + ": " + cause),
          () -> failures++);

  private static HealthCheckSpec spec(int successThreshold) {
    return spec(INTERVAL_MILLIS, successThreshold);
  }

  private static HealthCheckSpec every(int intervalMillis) {
    return spec(intervalMillis, 2);
  }

  private static HealthCheckSpec spec(int intervalMillis, int successThreshold) {
    return HealthCheckSpec.DEFAULT
        .edit()
        .interval(Duration.ofMillis(intervalMillis))
        .successThreshold(successThreshold)
        .build();
  }

  private void answer(boolean good) {
    probes.remove().accept(new Probe.Result(good, "said so"));
  }

  @Test
  void an_online_backend_is_never_probed() {
    time.advanceMillis(1_000_000);
    assertThat(probes).isEmpty();
    assertThat(time.timers()).isZero();
  }

  @Test
  void a_failure_takes_it_offline_and_the_first_probe_comes_after_one_interval() {
    monitor.onFailure("refused");
    assertThat(backend.isOnline()).isFalse();
    assertThat(monitor.view().state()).isEqualTo(HealthState.OFFLINE);
    time.advanceMillis(INTERVAL_MILLIS - 1);
    assertThat(probes).isEmpty();
    time.advanceMillis(1);
    assertThat(probes).hasSize(1);
  }

  @Test
  void never_two_probes_at_once() {
    monitor.onFailure("refused");
    time.advanceMillis(INTERVAL_MILLIS);
    time.advanceMillis(100 * INTERVAL_MILLIS);
    assertThat(probes).hasSize(1);
  }

  @Test
  void good_probes_in_a_row_bring_it_back_and_a_bad_one_starts_the_row_again() {
    monitor.onFailure("refused");
    for (boolean good : new boolean[] {true, false, true}) {
      time.advanceMillis(INTERVAL_MILLIS);
      answer(good);
      assertThat(backend.isOnline()).isFalse();
    }
    time.advanceMillis(INTERVAL_MILLIS);
    answer(true);
    assertThat(backend.isOnline()).isTrue();
    assertThat(failures).isEqualTo(1);
    assertThat(time.timers()).isZero();
  }

  @Test
  void a_second_failure_while_offline_changes_nothing() {
    monitor.onFailure("refused");
    monitor.onFailure("refused");
    assertThat(time.timers()).isEqualTo(1);
    assertThat(failures).isEqualTo(1);
  }

  @Test
  void an_answer_that_comes_after_a_reset_means_nothing() {
    monitor.onFailure("refused");
    time.advanceMillis(INTERVAL_MILLIS);
    monitor.reset();
    assertThat(backend.isOnline()).isTrue();
    monitor.onFailure("refused");
    answer(true);
    assertThat(backend.isOnline()).isFalse();
    assertThat(time.timers()).isEqualTo(1);
  }

  @Test
  void a_stopped_monitor_probes_no_more() {
    monitor.onFailure("refused");
    monitor.stop();
    time.advanceMillis(10 * INTERVAL_MILLIS);
    assertThat(probes).isEmpty();
  }

  @Test
  void a_changed_threshold_counts_from_the_next_probe() {
    monitor.onFailure("refused");
    monitor.configure(spec(1));
    time.advanceMillis(INTERVAL_MILLIS);
    answer(true);
    assertThat(backend.isOnline()).isTrue();
  }

  @Test
  void each_change_is_told_once_with_its_cause() {
    monitor.onFailure("refused");
    monitor.onFailure("reset");
    for (int i = 0; i < 2; i++) {
      time.advanceMillis(INTERVAL_MILLIS);
      answer(true);
    }
    monitor.onFailure("reset");
    monitor.reset();
    monitor.reset();
    assertThat(told)
        .containsExactly(
            "OFFLINE: refused",
            "ONLINE: good probes: 2",
            "OFFLINE: reset",
            "ONLINE: its url has changed");
  }

  @Test
  void a_changed_interval_is_in_force_while_the_backend_is_offline() {
    monitor.onFailure("refused");
    monitor.configure(every(10 * INTERVAL_MILLIS));
    time.advanceMillis(10 * INTERVAL_MILLIS - 1);
    assertThat(probes).isEmpty();
    time.advanceMillis(1);
    assertThat(probes).hasSize(1);
    monitor.configure(every(100));
    assertThat(time.timers()).as("a probe is under way").isZero();
    answer(false);
    time.advanceMillis(100);
    assertThat(probes).hasSize(1);
  }

  @Test
  void other_changes_leave_the_next_probe_where_it_is() {
    monitor.onFailure("refused");
    time.advanceMillis(INTERVAL_MILLIS - 1);
    monitor.configure(spec(1));
    time.advanceMillis(1);
    assertThat(probes).hasSize(1);
  }
}
