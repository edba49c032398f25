package dev.usher.sidecar.health;

import static dev.usher.sidecar.health.MonitorKit.CAPACITY;
import static dev.usher.sidecar.health.MonitorKit.INTERVAL_MILLIS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.sidecar.backend.check.HealthMode;
import org.junit.jupiter.api.Test;

/** Lazy, and probed while nobody asks anything of it. */
class OpportunisticModeTest {
  private final MonitorKit kit = new MonitorKit(HealthMode.OPPORTUNISTIC);

  @Test
  void it_is_assumed_online_and_probed_after_an_interval_without_a_request() {
    assertThat(kit.backend.isOnline()).isTrue();
    kit.wantProbeAfter(INTERVAL_MILLIS);
  }

  @Test
  void a_request_puts_the_probe_off_until_an_interval_after_it() {
    kit.time.advanceMillis(INTERVAL_MILLIS - 1);
    kit.serve();
    kit.wantProbeAfter(INTERVAL_MILLIS);
  }

  @Test
  void the_least_time_between_a_plan_and_a_request_counts() {
    kit.time.advanceNanos(1);
    kit.serve();
    kit.wantProbeAfter(INTERVAL_MILLIS);
  }

  @Test
  void while_requests_come_there_is_no_probe() {
    for (int i = 0; i < 50; i++) {
      kit.time.advanceMillis(INTERVAL_MILLIS - 1);
      kit.serve();
    }
    assertThat(kit.probes).isEmpty();
    assertThat(kit.time.timers()).isEqualTo(1);
  }

  @Test
  void good_probes_follow_each_other_and_change_nothing() {
    for (int i = 0; i < 5; i++) {
      kit.wantProbeAfter(INTERVAL_MILLIS);
      kit.answer(true);
    }
    assertThat(kit.told).isEmpty();
  }

  @Test
  void a_bad_probe_takes_it_offline_and_that_is_a_failure() {
    kit.time.advanceMillis(INTERVAL_MILLIS);
    kit.answer(false);
    assertThat(kit.told).containsExactly("OFFLINE: probe: closed");
    assertThat(kit.failures).isEqualTo(1);
    kit.wantProbeAfter(INTERVAL_MILLIS);
  }

  @Test
  void back_online_it_is_probed_when_it_is_idle() {
    kit.monitor.onFailure("refused");
    for (int i = 0; i < 2; i++) {
      kit.wantProbeAfter(INTERVAL_MILLIS);
      kit.answer(true);
    }
    assertThat(kit.backend.isOnline()).isTrue();
    kit.time.advanceMillis(1_500);
    kit.serve();
    kit.wantProbeAfter(INTERVAL_MILLIS);
  }

  @Test
  void a_probe_holds_one_unit_of_capacity_until_its_answer() {
    assertThat(kit.backend.capacity()).isEqualTo(CAPACITY);
    kit.time.advanceMillis(INTERVAL_MILLIS);
    assertThat(kit.backend.capacity()).isEqualTo(CAPACITY - 1);
    kit.backend.take();
    kit.backend.take();
    assertThat(kit.backend.hasRoom()).isFalse();
    kit.answer(true);
    assertThat(kit.backend.capacity()).isEqualTo(CAPACITY);
    assertThat(kit.backend.hasRoom()).isTrue();
  }

  @Test
  void with_no_unit_free_there_is_no_probe_and_the_next_try_comes_an_interval_later() {
    for (int i = 0; i < CAPACITY; i++) {
      kit.backend.take();
    }
    kit.time.advanceMillis(INTERVAL_MILLIS);
    assertThat(kit.probes).isEmpty();
    kit.backend.giveBack();
    kit.wantProbeAfter(INTERVAL_MILLIS);
    assertThat(kit.backend.hasRoom()).as("the last free unit is held").isFalse();
  }

  @Test
  void a_probe_while_offline_holds_nothing() {
    kit.monitor.onFailure("refused");
    kit.wantProbeAfter(INTERVAL_MILLIS);
    assertThat(kit.backend.capacity()).isEqualTo(CAPACITY);
    kit.answer(true);
  }

  @Test
  void a_failure_in_mid_probe_makes_its_answer_mean_nothing() {
    kit.time.advanceMillis(INTERVAL_MILLIS);
    kit.monitor.onFailure("refused");
    kit.time.advanceMillis(INTERVAL_MILLIS - 1);
    kit.answer(true);
    assertThat(kit.backend.capacity()).isEqualTo(CAPACITY);
    kit.wantProbeAfter(1);
    kit.answer(true);
    assertThat(kit.backend.isOnline()).as("the first good one since").isFalse();
  }

  @Test
  void a_restart_and_an_end_in_mid_probe_let_the_unit_go_once() {
    kit.time.advanceMillis(INTERVAL_MILLIS);
    kit.monitor.restart(MonitorKit.rules().mode(HealthMode.OPPORTUNISTIC).build(), "another");
    assertThat(kit.backend.capacity()).isEqualTo(CAPACITY);
    kit.answer(false);
    assertThat(kit.backend.capacity()).isEqualTo(CAPACITY);
    assertThat(kit.backend.isOnline()).isTrue();
    kit.time.advanceMillis(INTERVAL_MILLIS);
    assertThat(kit.backend.capacity()).isEqualTo(CAPACITY - 1);
    kit.monitor.stop();
    assertThat(kit.backend.capacity()).isEqualTo(CAPACITY);
    kit.answer(true);
    assertThat(kit.backend.capacity()).isEqualTo(CAPACITY);
    kit.wantNoProbe();
  }
}
