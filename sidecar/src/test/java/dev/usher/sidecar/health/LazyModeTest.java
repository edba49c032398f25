package dev.usher.sidecar.health;

import static dev.usher.sidecar.health.MonitorKit.INTERVAL_MILLIS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.sidecar.backend.check.HealthMode;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Assumed online, and probed only while offline. */
class LazyModeTest {
  private final MonitorKit kit = new MonitorKit(HealthMode.LAZY);
  private final Monitor monitor = kit.monitor;

  private static Duration millis(int count) {
    return Duration.ofMillis(count);
  }

  @Test
  void an_online_backend_is_never_probed() {
    assertThat(kit.backend.isOnline()).isTrue();
    kit.wantNoProbe();
    assertThat(kit.told).isEmpty();
  }

  @Test
  void a_failure_takes_it_offline_and_the_first_probe_comes_after_one_interval() {
    monitor.onFailure("refused");
    assertThat(kit.backend.isOnline()).isFalse();
    assertThat(kit.state()).isEqualTo(HealthState.OFFLINE);
    kit.wantProbeAfter(INTERVAL_MILLIS);
  }

  @Test
  void the_next_probe_comes_one_interval_after_the_answer() {
    monitor.onFailure("refused");
    kit.wantProbeAfter(INTERVAL_MILLIS);
    kit.time.advanceMillis(700);
    kit.answer(false);
    kit.wantProbeAfter(INTERVAL_MILLIS);
  }

  @Test
  void never_two_probes_at_once() {
    monitor.onFailure("refused");
    kit.time.advanceMillis(INTERVAL_MILLIS);
    kit.time.advanceMillis(100 * INTERVAL_MILLIS);
    assertThat(kit.probes).hasSize(1);
  }

  @Test
  void good_probes_in_a_row_bring_it_back_and_a_bad_one_starts_the_row_again() {
    monitor.onFailure("refused");
    for (boolean good : new boolean[] {true, false, true}) {
      kit.time.advanceMillis(INTERVAL_MILLIS);
      kit.answer(good);
      assertThat(kit.backend.isOnline()).isFalse();
    }
    kit.time.advanceMillis(INTERVAL_MILLIS);
    kit.answer(true);
    assertThat(kit.backend.isOnline()).isTrue();
    assertThat(kit.failures).isEqualTo(1);
    kit.wantNoProbe();
  }

  @Test
  void a_second_failure_while_offline_changes_nothing() {
    monitor.onFailure("refused");
    kit.time.advanceMillis(INTERVAL_MILLIS - 1);
    monitor.onFailure("refused");
    assertThat(kit.time.timers()).isEqualTo(1);
    assertThat(kit.failures).isEqualTo(1);
    kit.wantProbeAfter(1);
  }

  @Test
  void an_answer_from_before_a_restart_means_nothing_and_no_other_probe_comes_before_it() {
    monitor.onFailure("refused");
    kit.time.advanceMillis(INTERVAL_MILLIS);
    monitor.restart(MonitorKit.rules().build(), "another");
    assertThat(kit.backend.isOnline()).isTrue();
    monitor.onFailure("refused");
    kit.time.advanceMillis(10 * INTERVAL_MILLIS);
    assertThat(kit.probes).as("the old one is under way").hasSize(1);
    kit.answer(true);
    assertThat(kit.probes).as("the new one was due").hasSize(1);
    kit.answer(true);
    assertThat(kit.backend.isOnline()).as("one good probe and not two").isFalse();
  }

  @Test
  void an_old_answer_does_not_hurry_the_next_probe() {
    monitor.onFailure("refused");
    kit.time.advanceMillis(INTERVAL_MILLIS);
    monitor.restart(MonitorKit.rules().build(), "another");
    monitor.onFailure("refused");
    kit.time.advanceMillis(INTERVAL_MILLIS - 1);
    kit.answer(true);
    kit.wantProbeAfter(1);
  }

  @Test
  void a_stopped_monitor_probes_no_more() {
    monitor.onFailure("refused");
    monitor.stop();
    kit.wantNoProbe();
  }

  @Test
  void a_monitor_that_is_stopped_in_mid_probe_hears_nothing() {
    monitor.onFailure("refused");
    kit.time.advanceMillis(INTERVAL_MILLIS);
    monitor.stop();
    kit.answer(true);
    kit.wantNoProbe();
    assertThat(kit.told).hasSize(1);
  }

  @Test
  void a_changed_threshold_counts_from_the_next_probe() {
    monitor.onFailure("refused");
    kit.configure(edit -> edit.successThreshold(1));
    kit.wantProbeAfter(INTERVAL_MILLIS);
    kit.answer(true);
    assertThat(kit.backend.isOnline()).isTrue();
  }

  @Test
  void each_change_is_told_once_with_its_cause() {
    monitor.onFailure("refused");
    monitor.onFailure("reset");
    for (int i = 0; i < 2; i++) {
      kit.time.advanceMillis(INTERVAL_MILLIS);
      kit.answer(true);
    }
    monitor.onFailure("reset");
    monitor.restart(MonitorKit.rules().build(), "its url has changed");
    monitor.restart(MonitorKit.rules().build(), "its url has changed");
    assertThat(kit.told)
        .containsExactly(
            "OFFLINE: refused",
            "ONLINE: good probes: 2",
            "OFFLINE: reset",
            "ONLINE: its url has changed");
  }

  @Test
  void a_changed_interval_is_in_force_while_the_backend_is_offline() {
    monitor.onFailure("refused");
    kit.configure(edit -> edit.interval(millis(10 * INTERVAL_MILLIS)));
    kit.wantProbeAfter(10 * INTERVAL_MILLIS);
    kit.configure(edit -> edit.interval(millis(100)));
    assertThat(kit.time.timers()).as("a probe is under way").isZero();
    kit.answer(false);
    kit.wantProbeAfter(100);
  }

  @Test
  void other_changes_leave_the_next_probe_where_it_is() {
    monitor.onFailure("refused");
    kit.time.advanceMillis(INTERVAL_MILLIS - 1);
    kit.configure(edit -> edit.successThreshold(1));
    kit.wantProbeAfter(1);
  }

  @Test
  void the_epoch_is_another_one_after_a_recovery_a_restart_and_an_end() {
    int first = monitor.epoch();
    monitor.onFailure("refused");
    assertThat(monitor.epoch()).as("others may fail by the same cause").isEqualTo(first);
    for (int i = 0; i < 2; i++) {
      kit.time.advanceMillis(INTERVAL_MILLIS);
      kit.answer(true);
    }
    int second = monitor.epoch();
    monitor.restart(MonitorKit.rules().build(), "another");
    int third = monitor.epoch();
    monitor.stop();
    assertThat(new int[] {first, second, third, monitor.epoch()}).doesNotHaveDuplicates();
  }

  @Test
  void what_was_known_before_a_restart_of_the_sidecar_goes_on() {
    monitor.resume(HealthState.OFFLINE, 77);
    assertThat(kit.backend.isOnline()).isFalse();
    assertThat(monitor.view().sinceEpochMillis()).isEqualTo(77);
    assertThat(kit.failures).as("it has not failed now").isZero();
    kit.wantProbeAfter(INTERVAL_MILLIS);
  }
}
