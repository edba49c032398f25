package dev.usher.sidecar.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RateMeterTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long START = -3 * SECOND;
  private final RateMeter meter = new RateMeter();

  @Test
  void counts_the_whole_seconds_before_the_current_one() {
    meter.mark(START);
    meter.mark(START + SECOND - 1);
    meter.mark(START + SECOND);
    assertThat(meter.read(START + SECOND - 1).current()).isZero();
    assertThat(meter.read(START + SECOND).current()).isEqualTo(2);
    assertThat(meter.read(START + 2 * SECOND).current()).isEqualTo(1);
    assertThat(meter.read(START + 2 * SECOND).max()).isEqualTo(2);
  }

  @Test
  void forgets_after_sixty_seconds() {
    meter.mark(START);
    assertThat(meter.read(START + 60 * SECOND).history()).hasSize(60).startsWith(1);
    assertThat(meter.read(START + 61 * SECOND).max()).isZero();
  }

  @Test
  void is_exact_against_a_plain_count_over_random_gaps() {
    long seed = 5;
    Random random = new Random(seed);
    int[] perSecond = new int[100_000];
    long now = START;
    for (int i = 0; i < 50_000; i++) {
      now +=
          random.nextInt(50) == 0 ? random.nextInt(100) * SECOND / 10 : random.nextInt(50_000_000);
      meter.mark(now);
      perSecond[(int) ((now - START) / SECOND)]++;
      if (i % 97 == 0) {
        int second = (int) ((now - START) / SECOND);
        RatePerSecond read = meter.read(now);
        for (int back = 1; back <= 60 && second - back >= 0; back++) {
          assertThat(read.history().get(60 - back))
              .as("seed %d, %d s ago", seed, back)
              .isEqualTo(perSecond[second - back]);
        }
      }
    }
  }

  @Test
  void a_meter_that_has_counted_nothing_shows_nothing_whatever_others_count() {
    RateMeter other = new RateMeter();
    other.mark(START);
    assertThat(meter.read(START + SECOND)).isEqualTo(RatePerSecond.NONE);
    assertThat(meter.recent(START)).hasSize(60).containsOnly(0);
  }

  @Test
  void all_meters_begin_their_seconds_at_the_same_moments() {
    RateMeter other = new RateMeter();
    meter.mark(START + SECOND - 1);
    other.mark(START + SECOND);
    assertThat(meter.read(START + SECOND).current()).isEqualTo(1);
    assertThat(other.read(START + SECOND).current()).isZero();
    assertThat(other.read(START + 2 * SECOND).current()).isEqualTo(1);
  }

  @Test
  void goes_on_after_a_restart_by_another_clock() {
    meter.mark(START);
    meter.mark(START + 2 * SECOND);
    RateMeter after = new RateMeter();
    long now = 1_000 * SECOND;
    after.resume(meter.recent(START + 2 * SECOND), 5, now);
    List<Integer> history = after.read(now).history();
    assertThat(history.get(60 - 7)).isEqualTo(1);
    assertThat(history.get(60 - 5)).isEqualTo(1);
    assertThat(history.stream().mapToInt(Integer::intValue).sum()).isEqualTo(2);
  }
}
