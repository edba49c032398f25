package dev.usher.sidecar.health;

import static dev.usher.sidecar.health.MonitorKit.INTERVAL_MILLIS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.sidecar.backend.check.HealthMode;
import org.junit.jupiter.api.Test;

/** How much it takes to take a backend offline. */
class ThresholdsTest {
  private static MonitorKit fall(int fall) {
    return new MonitorKit(edit -> edit.fall(fall));
  }

  private static MonitorKit errors(int fall5xx) {
    return new MonitorKit(edit -> edit.count5xx(true).fall5xx(fall5xx));
  }

  private static void fail(MonitorKit kit, int times) {
    for (int i = 0; i < times; i++) {
      assertThat(kit.backend.isOnline()).isTrue();
      kit.monitor.onFailure("refused");
    }
  }

  private static void err(MonitorKit kit, int times) {
    for (int i = 0; i < times; i++) {
      assertThat(kit.backend.isOnline()).isTrue();
      kit.monitor.onServerError();
    }
  }

  @Test
  void as_many_failures_in_a_row_as_fall_says() {
    MonitorKit kit = fall(3);
    fail(kit, 3);
    assertThat(kit.backend.isOnline()).isFalse();
    assertThat(kit.failures).isEqualTo(1);
    assertThat(kit.told).containsExactly("OFFLINE: refused");
  }

  @Test
  void one_fewer_is_not_enough_and_a_served_request_starts_the_row_again() {
    MonitorKit kit = fall(3);
    fail(kit, 2);
    assertThat(kit.monitor.view().failuresInRow()).isEqualTo(2);
    kit.serve();
    assertThat(kit.monitor.view().failuresInRow()).isZero();
    fail(kit, 2);
    assertThat(kit.backend.isOnline()).isTrue();
    fail(kit, 1);
    assertThat(kit.backend.isOnline()).isFalse();
  }

  @Test
  void a_recovery_and_a_restart_start_the_row_again() {
    MonitorKit kit = new MonitorKit(edit -> edit.fall(2).successThreshold(1));
    fail(kit, 2);
    kit.time.advanceMillis(INTERVAL_MILLIS);
    kit.answer(true);
    fail(kit, 1);
    kit.monitor.restart(MonitorKit.rules().fall(2).build(), "another");
    fail(kit, 1);
    assertThat(kit.backend.isOnline()).isTrue();
  }

  @Test
  void bad_probes_and_failed_requests_count_together() {
    MonitorKit kit = new MonitorKit(edit -> edit.mode(HealthMode.OPPORTUNISTIC).fall(3));
    fail(kit, 1);
    kit.time.advanceMillis(INTERVAL_MILLIS);
    kit.answer(false);
    assertThat(kit.monitor.view().failuresInRow()).isEqualTo(2);
    fail(kit, 1);
    assertThat(kit.backend.isOnline()).isFalse();
  }

  @Test
  void a_good_probe_starts_the_row_again() {
    MonitorKit kit = new MonitorKit(edit -> edit.mode(HealthMode.OPPORTUNISTIC).fall(2));
    fail(kit, 1);
    kit.time.advanceMillis(INTERVAL_MILLIS);
    kit.answer(true);
    fail(kit, 1);
    assertThat(kit.backend.isOnline()).isTrue();
  }

  @Test
  void errors_are_answers_like_others_where_they_do_not_count() {
    MonitorKit kit = new MonitorKit(edit -> edit.fall(2).fall5xx(1));
    fail(kit, 1);
    err(kit, 10);
    fail(kit, 1);
    assertThat(kit.backend.isOnline()).isTrue();
    fail(kit, 1);
    assertThat(kit.backend.isOnline()).isFalse();
  }

  @Test
  void as_many_errors_in_a_row_as_fall_5xx_says_where_they_count() {
    MonitorKit kit = errors(3);
    err(kit, 2);
    kit.serve();
    err(kit, 2);
    assertThat(kit.backend.isOnline()).isTrue();
    err(kit, 1);
    assertThat(kit.backend.isOnline()).isFalse();
    assertThat(kit.told).containsExactly("OFFLINE: answers of 5xx: 3");
    assertThat(kit.failures).isEqualTo(1);
  }

  @Test
  void errors_and_failures_are_two_rows_and_neither_ends_the_other() {
    MonitorKit kit = new MonitorKit(edit -> edit.fall(2).count5xx(true).fall5xx(2));
    fail(kit, 1);
    err(kit, 1);
    assertThat(kit.backend.isOnline()).isTrue();
    fail(kit, 1);
    assertThat(kit.backend.isOnline()).isFalse();
  }

  @Test
  void an_error_while_offline_brings_nothing_about() {
    MonitorKit kit = errors(1);
    err(kit, 1);
    kit.monitor.onServerError();
    kit.monitor.onServed();
    assertThat(kit.told).hasSize(1);
    kit.wantProbeAfter(INTERVAL_MILLIS);
  }

  @Test
  void a_lower_threshold_counts_from_the_next_failure() {
    MonitorKit kit = fall(5);
    fail(kit, 3);
    kit.configure(edit -> edit.fall(2));
    assertThat(kit.backend.isOnline()).isTrue();
    fail(kit, 1);
    assertThat(kit.backend.isOnline()).isFalse();
  }
}
