package dev.usher.sidecar.health;

import static dev.usher.sidecar.health.MonitorKit.CAPACITY;
import static dev.usher.sidecar.health.MonitorKit.INTERVAL_MILLIS;
import static dev.usher.sidecar.health.MonitorKit.SOON_MILLIS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.sidecar.backend.check.HealthMode;
import org.junit.jupiter.api.Test;

/** Always probed, and not trusted before that. */
class ParanoidModeTest {
  private final MonitorKit kit = new MonitorKit(HealthMode.PARANOID);

  /** One that has proved to be online. */
  private MonitorKit proved() {
    kit.time.advanceMillis(SOON_MILLIS);
    kit.answer(true);
    return kit;
  }

  @Test
  void it_is_unknown_and_takes_nothing_until_the_first_answer() {
    assertThat(kit.state()).isEqualTo(HealthState.UNKNOWN);
    assertThat(kit.backend.isAvailable()).isFalse();
    kit.wantProbeAfter(SOON_MILLIS);
    assertThat(kit.backend.isAvailable()).isFalse();
    assertThat(kit.told).isEmpty();
  }

  @Test
  void the_first_probe_comes_at_once_but_for_some_chance() {
    kit.side = 0;
    kit.monitor.restart(MonitorKit.rules().mode(HealthMode.PARANOID).build(), "another");
    kit.time.advanceNanos(0);
    assertThat(kit.probes).hasSize(1);
  }

  @Test
  void one_good_probe_puts_it_online() {
    kit.time.advanceMillis(SOON_MILLIS);
    kit.answer(true);
    assertThat(kit.backend.isOnline()).isTrue();
    assertThat(kit.told).containsExactly("ONLINE: first probe: fine");
  }

  @Test
  void a_bad_first_probe_is_no_failure_of_one_that_was_online() {
    kit.time.advanceMillis(SOON_MILLIS);
    kit.answer(false);
    assertThat(kit.state()).isEqualTo(HealthState.OFFLINE);
    assertThat(kit.told).containsExactly("OFFLINE: first probe: closed");
    assertThat(kit.failures).isZero();
    for (int i = 0; i < 2; i++) {
      kit.wantProbeAfter(INTERVAL_MILLIS);
      assertThat(kit.backend.isOnline()).isFalse();
      kit.answer(true);
    }
    assertThat(kit.backend.isOnline()).isTrue();
  }

  @Test
  void the_first_probe_decides_whatever_fall_says() {
    MonitorKit patient = new MonitorKit(edit -> edit.mode(HealthMode.PARANOID).fall(5));
    patient.time.advanceMillis(SOON_MILLIS);
    patient.answer(false);
    assertThat(patient.state()).isEqualTo(HealthState.OFFLINE);
  }

  @Test
  void it_is_probed_every_interval_whatever_else_happens_there() {
    proved();
    for (int i = 0; i < 10; i++) {
      kit.time.advanceMillis(INTERVAL_MILLIS - 1);
      kit.serve();
      kit.wantProbeAfter(1);
      assertThat(kit.backend.capacity()).as("nothing is held").isEqualTo(CAPACITY);
      kit.answer(true);
    }
  }

  @Test
  void a_bad_probe_of_one_that_was_online_is_a_failure() {
    proved();
    kit.wantProbeAfter(INTERVAL_MILLIS);
    kit.answer(false);
    assertThat(kit.state()).isEqualTo(HealthState.OFFLINE);
    assertThat(kit.failures).isEqualTo(1);
    kit.wantProbeAfter(INTERVAL_MILLIS);
  }

  @Test
  void a_failed_request_counts_too() {
    proved();
    kit.time.advanceMillis(INTERVAL_MILLIS - 1);
    kit.monitor.onFailure("refused");
    assertThat(kit.failures).isEqualTo(1);
    kit.wantProbeAfter(INTERVAL_MILLIS);
  }

  @Test
  void another_address_is_unknown_again() {
    proved();
    kit.time.advanceMillis(INTERVAL_MILLIS);
    kit.monitor.restart(MonitorKit.rules().mode(HealthMode.PARANOID).build(), "another");
    assertThat(kit.state()).isEqualTo(HealthState.UNKNOWN);
    kit.time.advanceMillis(INTERVAL_MILLIS);
    kit.answer(false);
    assertThat(kit.state()).as("that was of the old one").isEqualTo(HealthState.UNKNOWN);
    kit.answer(true);
    assertThat(kit.state()).isEqualTo(HealthState.ONLINE);
    assertThat(kit.told)
        .containsExactly(
            "ONLINE: first probe: fine", "UNKNOWN: another", "ONLINE: first probe: fine");
  }

  @Test
  void another_interval_does_not_put_the_first_probe_off() {
    kit.configure(edit -> edit.mode(HealthMode.PARANOID).interval(java.time.Duration.ofHours(1)));
    kit.wantProbeAfter(SOON_MILLIS);
  }

  @Test
  void what_was_known_before_a_restart_of_the_sidecar_holds_until_the_probe_at_once() {
    kit.monitor.resume(HealthState.ONLINE, 77);
    assertThat(kit.backend.isAvailable()).isTrue();
    assertThat(kit.monitor.view().sinceEpochMillis()).isEqualTo(77);
    kit.wantProbeAfter(SOON_MILLIS);
    kit.answer(false);
    assertThat(kit.failures).isEqualTo(1);
  }

  @Test
  void one_that_was_offline_before_a_restart_of_the_sidecar_has_to_recover() {
    kit.time.advanceMillis(SOON_MILLIS);
    kit.monitor.resume(HealthState.OFFLINE, 77);
    kit.answer(true);
    assertThat(kit.state()).as("the first of two").isEqualTo(HealthState.OFFLINE);
    kit.wantProbeAfter(INTERVAL_MILLIS);
    kit.answer(true);
    assertThat(kit.state()).isEqualTo(HealthState.ONLINE);
  }

  @Test
  void a_timer_that_the_strand_hears_of_after_the_end_begins_no_probe() {
    kit.busy = true;
    kit.time.advanceMillis(SOON_MILLIS);
    kit.monitor.stop();
    kit.runPosted();
    kit.wantNoProbe();
  }

  @Test
  void an_answer_that_the_strand_hears_of_after_another_url_means_nothing() {
    kit.time.advanceMillis(SOON_MILLIS);
    kit.busy = true;
    kit.answer(true);
    kit.monitor.restart(MonitorKit.rules().mode(HealthMode.PARANOID).build(), "another");
    kit.runPosted();
    assertThat(kit.state()).isEqualTo(HealthState.UNKNOWN);
    kit.wantProbeAfter(SOON_MILLIS);
  }
}
