package dev.usher.sidecar.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.sidecar.cli.demo.ShareWatch.Verdict;
import org.junit.jupiter.api.Test;

class ShareWatchTest {
  private static final long MILLI = 1_000_000;
  private static final int RATE = 5;

  private final ShareWatch watch = new ShareWatch(480 * MILLI, 100 * MILLI);

  @Test
  void a_class_that_never_asks_proves_nothing() {
    samples(0, 1_000, 0, 0);
    assertThat(watch.verdict()).isEqualTo(Verdict.NO_DEMAND);
  }

  @Test
  void a_class_that_holds_its_rate_while_it_waits_is_assured() {
    samples(0, 10_000, RATE, 7);
    assertThat(watch.verdict()).isEqualTo(Verdict.ASSURED);
    assertThat(watch.longestShortNanos()).isZero();
  }

  @Test
  void a_class_whose_load_broke_down_proves_nothing_either() {
    samples(0, 1_000, RATE, 7);
    samples(1_010, 9_000, 0, 0);
    assertThat(watch.verdict()).isEqualTo(Verdict.NO_DEMAND);
  }

  @Test
  void a_class_that_is_idle_because_it_has_no_clients_keeps_its_verdict() {
    samples(0, 1_000, RATE, 7);
    for (long at = 1_010; at <= 10_000; at += 10) {
      watch.sample(at * MILLI, false, 0, 0, RATE);
    }
    assertThat(watch.verdict()).isEqualTo(Verdict.ASSURED);
  }

  @Test
  void holding_the_rate_while_nothing_waits_is_not_short() {
    samples(0, 1_000, RATE, 0);
    assertThat(watch.verdict()).isEqualTo(Verdict.ASSURED);
  }

  @Test
  void being_short_for_as_long_as_the_slowest_request_takes_is_no_failure() {
    samples(0, 480, RATE - 1, 1);
    samples(490, 1_000, RATE, 1);
    assertThat(watch.verdict()).isEqualTo(Verdict.ASSURED);
    assertThat(watch.longestShortNanos()).isEqualTo(480 * MILLI);
  }

  @Test
  void being_short_for_longer_is() {
    samples(0, 490, RATE - 1, 1);
    samples(500, 10_000, RATE, 1);
    assertThat(watch.verdict()).isEqualTo(Verdict.SHORT);
  }

  @Test
  void two_short_times_with_a_good_moment_between_do_not_add_up() {
    samples(0, 300, RATE - 1, 1);
    samples(310, 310, RATE, 1);
    samples(320, 620, RATE - 1, 1);
    assertThat(watch.verdict()).isEqualTo(Verdict.ASSURED);
    assertThat(watch.longestShortNanos()).isEqualTo(300 * MILLI);
  }

  @Test
  void time_that_was_not_watched_counts_neither_as_short_nor_as_held() {
    samples(0, 100, RATE - 1, 1);
    samples(2_000, 2_100, RATE - 1, 1);
    assertThat(watch.verdict()).isEqualTo(Verdict.ASSURED);
    assertThat(watch.longestShortNanos()).isEqualTo(100 * MILLI);
    assertThat(watch.meanHeld()).isEqualTo(RATE - 1.0);
  }

  @Test
  void the_mean_of_held_tokens_weighs_each_sample_by_its_time() {
    watch.sample(0, true, 10, 0, RATE);
    watch.sample(10 * MILLI, true, 0, 0, RATE);
    watch.sample(40 * MILLI, true, 0, 0, RATE);
    assertThat(watch.meanHeld()).isEqualTo(2.5);
  }

  private void samples(long fromMillis, long toMillis, int held, int waiting) {
    for (long at = fromMillis; at <= toMillis; at += 10) {
      watch.sample(at * MILLI, true, held, waiting, RATE);
    }
  }
}
