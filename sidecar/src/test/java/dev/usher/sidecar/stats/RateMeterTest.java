package dev.usher.sidecar.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class RateMeterTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long START = 77;
  private final RateMeter meter = new RateMeter(START);

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
}
