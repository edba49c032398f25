package dev.usher.sidecar.health;

import static dev.usher.sidecar.backend.check.HealthMode.LAZY;
import static dev.usher.sidecar.backend.check.HealthMode.OPPORTUNISTIC;
import static dev.usher.sidecar.backend.check.HealthMode.PARANOID;
import static dev.usher.sidecar.health.MonitorKit.CAPACITY;
import static dev.usher.sidecar.health.MonitorKit.INTERVAL_MILLIS;
import static dev.usher.sidecar.health.MonitorKit.SOON_MILLIS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.sidecar.backend.check.HealthCheckEditor;
import dev.usher.sidecar.backend.check.HealthMode;
import dev.usher.sidecar.backend.check.ProbeKind;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Another mode at runtime: what is known stays known. */
class ModeSwitchTest {
  private static MonitorKit online(HealthMode mode) {
    MonitorKit kit = new MonitorKit(mode);
    if (mode == PARANOID) {
      kit.time.advanceMillis(SOON_MILLIS);
      kit.answer(true);
      kit.told.clear();
    }
    return kit;
  }

  @ParameterizedTest
  @CsvSource({
    "LAZY, OPPORTUNISTIC",
    "LAZY, PARANOID",
    "OPPORTUNISTIC, LAZY",
    "OPPORTUNISTIC, PARANOID",
    "PARANOID, LAZY",
    "PARANOID, OPPORTUNISTIC"
  })
  void one_that_is_online_or_offline_stays_so(HealthMode before, HealthMode after) {
    MonitorKit kit = online(before);
    long since = kit.monitor.view().sinceEpochMillis();
    kit.mode(after);
    assertThat(kit.monitor.view().mode()).isEqualTo(after);
    assertThat(kit.state()).isEqualTo(HealthState.ONLINE);
    kit.mode(before);
    kit.monitor.onFailure("refused");
    kit.time.advanceMillis(INTERVAL_MILLIS - 1);
    kit.mode(after);
    assertThat(kit.state()).isEqualTo(HealthState.OFFLINE);
    assertThat(kit.told).containsExactly("OFFLINE: refused");
    assertThat(since).isLessThan(kit.monitor.view().sinceEpochMillis() + 1);
  }

  @Test
  void paranoia_begins_with_a_probe_at_once() {
    MonitorKit kit = online(LAZY);
    kit.time.advanceMillis(10 * INTERVAL_MILLIS);
    kit.mode(PARANOID);
    kit.wantProbeAfter(SOON_MILLIS);
    kit.answer(true);
    kit.wantProbeAfter(INTERVAL_MILLIS);
  }

  @Test
  void opportunism_begins_with_an_idle_interval() {
    MonitorKit kit = online(LAZY);
    kit.time.advanceMillis(10 * INTERVAL_MILLIS);
    kit.mode(OPPORTUNISTIC);
    kit.wantProbeAfter(INTERVAL_MILLIS);
  }

  @ParameterizedTest
  @EnumSource(
      value = HealthMode.class,
      names = {"OPPORTUNISTIC", "PARANOID"})
  void laziness_ends_the_probes_of_one_online(HealthMode before) {
    MonitorKit kit = online(before);
    kit.mode(LAZY);
    kit.wantNoProbe();
  }

  @ParameterizedTest
  @EnumSource(
      value = HealthMode.class,
      names = {"OPPORTUNISTIC", "PARANOID"})
  void who_becomes_lazy_in_mid_probe_hears_no_answer_of_one_online(HealthMode before) {
    MonitorKit kit = online(before);
    kit.time.advanceMillis(INTERVAL_MILLIS);
    kit.mode(LAZY);
    kit.answer(false);
    assertThat(kit.state()).isEqualTo(HealthState.ONLINE);
    assertThat(kit.backend.capacity()).isEqualTo(CAPACITY);
    kit.wantNoProbe();
  }

  @Test
  void a_unit_is_held_until_the_answer_comes_whatever_the_mode_is_by_then() {
    MonitorKit kit = online(OPPORTUNISTIC);
    kit.time.advanceMillis(INTERVAL_MILLIS);
    kit.mode(PARANOID);
    assertThat(kit.probes).as("never two at once").hasSize(1);
    assertThat(kit.backend.capacity()).isEqualTo(CAPACITY - 1);
    kit.answer(true);
    assertThat(kit.backend.capacity()).isEqualTo(CAPACITY);
    kit.wantProbeAfter(INTERVAL_MILLIS);
    assertThat(kit.backend.capacity()).isEqualTo(CAPACITY);
  }

  @Test
  void an_answer_in_mid_probe_counts_for_a_mode_that_probes_too() {
    MonitorKit kit = online(PARANOID);
    kit.time.advanceMillis(INTERVAL_MILLIS);
    kit.mode(OPPORTUNISTIC);
    assertThat(kit.time.timers()).isZero();
    kit.answer(false);
    assertThat(kit.told).containsExactly("OFFLINE: probe: closed");
  }

  @Test
  void back_and_forth_in_mid_probe_there_is_still_one_probe_at_a_time() {
    MonitorKit kit = online(PARANOID);
    kit.time.advanceMillis(INTERVAL_MILLIS);
    for (int i = 0; i < 10; i++) {
      kit.mode(LAZY);
      kit.mode(PARANOID);
      kit.time.advanceMillis(INTERVAL_MILLIS);
      assertThat(kit.probes).hasSize(1);
    }
    kit.answer(false);
    assertThat(kit.state()).as("from before it was lazy").isEqualTo(HealthState.ONLINE);
    assertThat(kit.probes).as("was due").hasSize(1);
    kit.answer(false);
    assertThat(kit.state()).isEqualTo(HealthState.OFFLINE);
  }

  @ParameterizedTest
  @EnumSource(
      value = HealthMode.class,
      names = {"LAZY", "OPPORTUNISTIC"})
  void an_unknown_one_is_assumed_online_by_who_assumes(HealthMode after) {
    MonitorKit kit = new MonitorKit(PARANOID);
    kit.mode(after);
    assertThat(kit.backend.isOnline()).isTrue();
    assertThat(kit.told).containsExactly("ONLINE: assumed, nothing has failed");
    kit.time.advanceMillis(INTERVAL_MILLIS - 1);
    assertThat(kit.probes).isEmpty();
  }

  @Test
  void one_offline_is_probed_on_at_the_same_time() {
    MonitorKit kit = online(LAZY);
    kit.monitor.onFailure("refused");
    kit.time.advanceMillis(INTERVAL_MILLIS);
    kit.mode(PARANOID);
    kit.answer(true);
    kit.mode(OPPORTUNISTIC);
    kit.time.advanceMillis(INTERVAL_MILLIS);
    kit.answer(true);
    assertThat(kit.state()).as("the two good ones count").isEqualTo(HealthState.ONLINE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"timeout", "path", "method", "host", "expect", "match", "kind"})
  void what_was_asked_otherwise_means_nothing_and_is_called_off(String changed) {
    MonitorKit kit = online(PARANOID);
    kit.time.advanceMillis(INTERVAL_MILLIS);
    kit.configure(edit -> otherwise(edit.mode(PARANOID), changed));
    assertThat(kit.cancelled).containsExactly(kit.probes.element().done());
    kit.answer(false);
    assertThat(kit.told).as("that was the old question").isEmpty();
    kit.wantProbeAfter(SOON_MILLIS);
    kit.answer(false);
    assertThat(kit.state()).isEqualTo(HealthState.OFFLINE);
  }

  private static HealthCheckEditor otherwise(HealthCheckEditor edit, String changed) {
    return switch (changed) {
      case "timeout" -> edit.timeout(Duration.ofMillis(999));
      case "path" -> edit.path("/other");
      case "method" -> edit.method("HEAD");
      case "host" -> edit.host("other");
      case "expect" -> edit.expect(List.of(200));
      case "match" -> edit.match("up");
      default -> edit.kind(ProbeKind.TCP);
    };
  }

  @Test
  void other_thresholds_leave_a_probe_under_way_alone() {
    MonitorKit kit = online(PARANOID);
    kit.time.advanceMillis(INTERVAL_MILLIS);
    kit.configure(edit -> edit.mode(PARANOID).fall(2).successThreshold(3));
    assertThat(kit.cancelled).isEmpty();
    kit.answer(false);
    assertThat(kit.monitor.view().failuresInRow()).isEqualTo(1);
  }

  @Test
  void another_question_hurries_no_probe_that_is_only_planned() {
    MonitorKit kit = online(PARANOID);
    kit.time.advanceMillis(INTERVAL_MILLIS - 1);
    kit.configure(edit -> edit.mode(PARANOID).path("/other"));
    kit.wantProbeAfter(1);
    assertThat(kit.probes.element().how().path()).isEqualTo("/other");
  }

  @Test
  void one_that_becomes_another_or_ends_calls_its_probe_off_once() {
    MonitorKit kit = online(PARANOID);
    kit.monitor.stop();
    assertThat(kit.cancelled).as("none is under way").isEmpty();
    kit.monitor.start();
    kit.time.advanceMillis(SOON_MILLIS);
    kit.monitor.restart(MonitorKit.rules().mode(PARANOID).build(), "another");
    assertThat(kit.cancelled).containsExactly(kit.probes.element().done());
    kit.answer(false);
    kit.wantProbeAfter(SOON_MILLIS);
    kit.monitor.stop();
    assertThat(kit.cancelled).hasSize(2).endsWith(kit.probes.element().done());
    kit.answer(false);
    kit.wantNoProbe();
  }
}
