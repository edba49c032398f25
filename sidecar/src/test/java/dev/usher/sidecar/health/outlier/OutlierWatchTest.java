package dev.usher.sidecar.health.outlier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.sidecar.backend.Backend;
import dev.usher.sidecar.backend.BackendSpec;
import dev.usher.sidecar.backend.Role;
import dev.usher.sidecar.backend.Target;
import dev.usher.sidecar.health.HealthPorts;
import dev.usher.sidecar.health.Jitter;
import dev.usher.sidecar.health.outlier.OutlierView.State;
import dev.usher.sidecar.time.FakeTime;
import dev.usher.unit.Share;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutlierWatchTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long MILLI = 1_000_000L;
  private static final int CAPACITY = 10;

  private final FakeTime time = new FakeTime();
  private final List<String> told = new ArrayList<>();
  private final Backend backend =
      new Backend(
          new BackendSpec("b", new Target("127.0.0.1", 1), CAPACITY, Role.ACTIVE, true),
          changed -> {});

  /** What the dice show; the middle is no jitter at all. */
  private int side = Jitter.SIDES / 2;

  private boolean spare = true;
  private long others = -1;

  /** Five in a row; half of ten in ten seconds; three times as slow as the others. */
  private final OutlierWatch watch = watch(spec(5, "50%", 3));

  private static OutlierSpec spec(int consecutive, String rate, int factor) {
    return new OutlierSpec(
        true,
        consecutive,
        Share.parsePercent("failure-rate", rate),
        factor,
        10,
        Duration.ofSeconds(10),
        Duration.ofSeconds(1),
        Duration.ofSeconds(60),
        Share.parsePercent("min-capacity", "50%"));
  }

  private OutlierWatch watch(OutlierSpec spec) {
    HealthPorts ports =
        new HealthPorts(
            (target, how, done) -> {
              throw new AssertionError("no probe");
            },
            time,
            time,
            new Jitter(sides -> side),
            Runnable::run);
    return new OutlierWatch(
        backend,
        spec,
        ports,
        new OutlierWatch.Peers() {
          @Override
          public boolean canSpare(Backend judged) {
            return spare;
          }

          @Override
          public long medianNanos(Backend judged) {
            return others;
          }

          @Override
          public void onChange(boolean in, String what) {
            told.add(what);
          }
        });
  }

  private void fail(OutlierWatch judged, int times) {
    for (int i = 0; i < times; i++) {
      judged.onFailure(time.nanos());
    }
  }

  private void answer(OutlierWatch judged, int times, long millis) {
    for (int i = 0; i < times; i++) {
      judged.onAnswer(millis * MILLI, time.nanos());
    }
  }

  private void assertOut(OutlierWatch judged) {
    assertThat(judged.view().state()).isEqualTo(State.OUT);
    assertThat(backend.capacity()).isZero();
    assertThat(backend.isAvailable()).isFalse();
  }

  private void assertIn(OutlierWatch judged) {
    assertThat(judged.view().state()).isEqualTo(State.IN);
    assertThat(backend.capacity()).isEqualTo(CAPACITY);
    assertThat(backend.isAvailable()).isTrue();
  }

  private void assertTrial(OutlierWatch judged) {
    assertThat(judged.view().state()).isEqualTo(State.TRIAL);
    assertThat(backend.capacity()).isEqualTo(1);
    assertThat(backend.isAvailable()).isTrue();
  }

  @Test
  void failures_in_a_row_take_it_out() {
    fail(watch, 4);
    answer(watch, 1, 1);
    fail(watch, 4);
    assertIn(watch);
    fail(watch, 1);
    assertOut(watch);
    assertThat(told).containsExactly("taken out for 1000 ms: failures in a row: 5");
    assertThat(watch.view().cause()).isEqualTo("failures in a row: 5");
    assertThat(watch.view().untilEpochMillis()).isEqualTo(time.epochMillis() + 1_000);
    assertThat(watch.view().ejections()).isEqualTo(1);
  }

  @Test
  void the_rate_of_failures_takes_it_out_once_there_are_enough_requests() {
    OutlierWatch judged = watch(spec(0, "50%", 0));
    for (int i = 0; i < 4; i++) {
      fail(judged, 1);
      answer(judged, 1, 1);
    }
    fail(judged, 1);
    assertIn(judged);
    fail(judged, 1);
    assertOut(judged);
    assertThat(judged.view().cause()).isEqualTo("failures: 6 of 10");
  }

  @Test
  void a_rate_just_below_is_none() {
    OutlierWatch judged = watch(spec(0, "50%", 0));
    answer(judged, 10, 1);
    fail(judged, 9);
    assertIn(judged);
    fail(judged, 1);
    assertOut(judged);
  }

  @Test
  void what_is_older_than_the_window_counts_no_more() {
    OutlierWatch judged = watch(spec(0, "50%", 0));
    fail(judged, 9);
    time.advanceNanos(10 * SECOND);
    fail(judged, 9);
    assertIn(judged);
    fail(judged, 1);
    assertOut(judged);
  }

  @Test
  void it_is_tried_again_when_the_time_has_come() {
    fail(watch, 5);
    time.advanceNanos(SECOND - 1);
    assertOut(watch);
    time.advanceNanos(1);
    assertTrial(watch);
    answer(watch, 1, 1);
    assertIn(watch);
    assertThat(told)
        .hasSize(2)
        .last()
        .isEqualTo("in again: the request that tried it was answered");
    assertThat(time.timers()).isZero();
  }

  @Test
  void each_time_is_twice_as_long_up_to_the_longest() {
    fail(watch, 5);
    for (long seconds : new long[] {1, 2, 4, 8, 16, 32, 60, 60, 60}) {
      time.advanceNanos(seconds * SECOND - 1);
      assertOut(watch);
      time.advanceNanos(1);
      assertTrial(watch);
      fail(watch, 1);
    }
    assertOut(watch);
    assertThat(watch.view().ejections()).isEqualTo(10);
  }

  @Test
  void the_time_goes_on_doubling_for_one_that_was_in_for_a_short_time_only() {
    fail(watch, 5);
    time.advanceNanos(SECOND);
    answer(watch, 1, 1);
    time.advanceNanos(60 * SECOND - 1);
    fail(watch, 5);
    time.advanceNanos(2 * SECOND - 1);
    assertOut(watch);
    time.advanceNanos(1);
    answer(watch, 1, 1);
    time.advanceNanos(60 * SECOND);
    fail(watch, 5);
    time.advanceNanos(SECOND);
    assertTrial(watch);
  }

  @Test
  void times_have_jitter() {
    side = 0;
    fail(watch, 5);
    time.advanceNanos(900 * MILLI - 1);
    assertOut(watch);
    time.advanceNanos(1);
    assertTrial(watch);
    side = Jitter.SIDES - 1;
    fail(watch, 1);
    time.advanceNanos(2_200 * MILLI - 1);
    assertOut(watch);
    time.advanceNanos(1);
    assertTrial(watch);
  }

  @Test
  void it_stays_while_the_others_cannot_do_without_it() {
    spare = false;
    fail(watch, 20);
    assertIn(watch);
    spare = true;
    fail(watch, 1);
    assertOut(watch);
  }

  @Test
  void a_trial_that_fails_ends_well_when_the_others_cannot_do_without_it() {
    fail(watch, 5);
    time.advanceNanos(SECOND);
    spare = false;
    fail(watch, 1);
    assertIn(watch);
    assertThat(told).last().isEqualTo("in again: min-capacity has need of it");
  }

  @Test
  void it_is_recalled_before_its_time() {
    fail(watch, 5);
    watch.recall();
    assertIn(watch);
    assertThat(time.timers()).isZero();
    watch.recall();
    assertThat(told).hasSize(2);
  }

  @Test
  void much_slower_answers_than_the_others_take_it_out() {
    others = 100 * MILLI;
    answer(watch, 10, 300);
    assertIn(watch);
    time.advanceNanos(SECOND);
    answer(watch, 1, 300);
    assertOut(watch);
    assertThat(watch.view().cause()).isEqualTo("answers after 300 ms, its peers' after 100 ms");
  }

  @Test
  void answers_that_are_a_little_slower_do_not() {
    others = 100 * MILLI;
    for (int second = 0; second < 20; second++) {
      answer(watch, 10, 299);
      time.advanceNanos(SECOND);
    }
    assertIn(watch);
  }

  @Test
  void nor_do_those_that_are_slower_by_less_than_anybody_notices() {
    others = MILLI;
    for (int second = 0; second < 20; second++) {
      answer(watch, 10, 10);
      time.advanceNanos(SECOND);
    }
    assertIn(watch);
    answer(watch, 100, 30);
    time.advanceNanos(SECOND);
    answer(watch, 1, 30);
    assertOut(watch);
  }

  @Test
  void nor_without_anybody_to_compare_it_with() {
    for (int second = 0; second < 20; second++) {
      answer(watch, 10, 5_000);
      time.advanceNanos(SECOND);
    }
    assertIn(watch);
  }

  @Test
  void tells_its_mean_when_it_knows_enough() {
    answer(watch, 9, 100);
    assertThat(watch.meanNanos(time.nanos())).isNegative();
    answer(watch, 1, 200);
    assertThat(watch.meanNanos(time.nanos())).isEqualTo(110 * MILLI);
    time.advanceNanos(10 * SECOND);
    assertThat(watch.meanNanos(time.nanos())).isNegative();
  }

  @Test
  void another_backend_under_its_name_begins_anew() {
    fail(watch, 5);
    int before = watch.epoch();
    watch.reset();
    assertIn(watch);
    assertThat(watch.epoch()).isNotEqualTo(before);
    assertThat(time.timers()).isZero();
    fail(watch, 5);
    time.advanceNanos(SECOND);
    assertTrial(watch);
  }

  @Test
  void nobody_is_judged_when_that_is_switched_off() {
    fail(watch, 5);
    watch.configure(OutlierSpec.DEFAULT);
    assertIn(watch);
    fail(watch, 100);
    answer(watch, 100, 10_000);
    assertIn(watch);
  }

  @Test
  void other_rules_count_from_now_on() {
    fail(watch, 3);
    watch.configure(spec(3, "50%", 3));
    assertIn(watch);
    fail(watch, 1);
    assertOut(watch);
  }

  @Test
  void a_new_epoch_begins_whenever_it_goes_out_is_tried_or_is_in_again() {
    int first = watch.epoch();
    fail(watch, 5);
    int second = watch.epoch();
    time.advanceNanos(SECOND);
    int third = watch.epoch();
    answer(watch, 1, 1);
    assertThat(List.of(first, second, third, watch.epoch())).doesNotHaveDuplicates();
  }
}
