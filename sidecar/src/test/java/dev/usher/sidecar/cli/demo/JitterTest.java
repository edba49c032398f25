package dev.usher.sidecar.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class JitterTest {
  private static final long MEAN = 40_000_000;

  @Test
  void stays_between_half_and_one_and_a_half_and_keeps_the_mean() {
    long[] times = LongStream.range(0, 100_000).map(i -> Jitter.around(MEAN, i)).toArray();
    assertThat(LongStream.of(times).min().orElseThrow()).isGreaterThanOrEqualTo(MEAN / 2);
    assertThat(LongStream.of(times).max().orElseThrow()).isLessThan(MEAN * 3 / 2);
    assertThat(LongStream.of(times).average().orElseThrow())
        .isCloseTo(MEAN, Percentage.withPercentage(1));
  }

  @Test
  void gives_the_same_times_in_every_run() {
    assertThat(Jitter.around(MEAN, 7)).isEqualTo(Jitter.around(MEAN, 7));
    assertThat(Jitter.around(MEAN, 7)).isNotEqualTo(Jitter.around(MEAN, 8));
  }
}
