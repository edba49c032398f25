package dev.usher.sidecar.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WaitHistogramTest {
  private static Wait after(long... waits) {
    WaitHistogram histogram = new WaitHistogram();
    Arrays.stream(waits).forEach(histogram::record);
    return histogram.snapshot();
  }

  /** Within 1/32, and a nanosecond for rounding. */
  private static void isNear(long got, long exact) {
    assertThat(got).isCloseTo(exact, within(exact / 32 + 1));
  }

  @Test
  void nothingRecordedIsAllZeros() {
    assertThat(after()).isEqualTo(Wait.NONE);
  }

  @Test
  void grantsWithoutAWaitCountAsZero() {
    assertThat(after(0, 0, 0)).isEqualTo(new Wait(3, 0, 0, 0, 0));
    assertThat(after(-5)).isEqualTo(new Wait(1, 0, 0, 0, 0));
  }

  @Test
  void oneWaitAmongManyZerosShowsInMaxAndTotalOnly() {
    long[] waits = new long[200];
    waits[7] = 1_000_000;
    assertThat(after(waits)).isEqualTo(new Wait(200, 0, 0, 1_000_000, 1_000_000));
  }

  @Test
  void smallNumbersAreExact() {
    for (long nanos = 1; nanos < 32; nanos++) {
      assertThat(after(nanos)).isEqualTo(new Wait(1, nanos, nanos, nanos, nanos));
    }
  }

  @ParameterizedTest(name = "{0} ns")
  @ValueSource(
      longs = {33, 63, 64, 65, 1_000, 1_023, 1_024, 999_999, 1_000_000_007, (1L << 42) - 1})
  void aQuantileIsWithinOneThirtySecondOfTheWaits(long nanos) {
    // Two equal waits and a longer one: the median is not capped by the maximum.
    Wait wait = after(nanos, nanos, Long.MAX_VALUE / 4);
    isNear(wait.p50Nanos(), nanos);
  }

  @ParameterizedTest(name = "seed {0}, about {1} ns")
  @CsvSource({"1, 100", "2, 10000", "3, 5000000", "4, 3000000000", "5, 900000000000"})
  void quantilesAreCloseToTheExactOnes(long seed, long scale) {
    SplittableRandom random = new SplittableRandom(seed);
    long[] waits =
        LongStream.generate(() -> (long) (-Math.log(1 - random.nextDouble()) * scale))
            .limit(10_000)
            .toArray();
    Wait wait = after(waits);
    Arrays.sort(waits);
    isNear(wait.p50Nanos(), waits[4_999]);
    isNear(wait.p99Nanos(), waits[9_899]);
    assertThat(wait.maxNanos()).isEqualTo(waits[9_999]);
    assertThat(wait.totalNanos()).isEqualTo(Arrays.stream(waits).sum());
    assertThat(wait.count()).isEqualTo(10_000);
  }

  @Test
  void waitsBeyondTheLastCellKeepMaxAndTotalExact() {
    long day = 86_400_000_000_000L;
    Wait wait = after(day, day);
    assertThat(wait.maxNanos()).isEqualTo(day);
    assertThat(wait.totalNanos()).isEqualTo(2 * day);
    isNear(wait.p99Nanos(), WaitHistogram.LONGEST_NANOS);
  }

  @Test
  void aReaderBesideTheWriterSeesCountsThatOnlyGrow() throws InterruptedException {
    WaitHistogram histogram = new WaitHistogram();
    CountDownLatch begun = new CountDownLatch(1);
    int many = 200_000;
    Thread writer =
        new Thread(
            () -> {
              for (int i = 0; i < many; i++) {
                histogram.record(i % 1_000);
                begun.countDown();
              }
            });
    writer.start();
    begun.await();
    long seen = 0;
    while (seen < many) {
      Wait wait = histogram.snapshot();
      assertThat(wait.count()).isBetween(Math.max(1, seen), (long) many);
      assertThat(wait.p50Nanos()).isLessThanOrEqualTo(wait.maxNanos());
      seen = writer.isAlive() ? wait.count() : histogram.snapshot().count();
      if (!writer.isAlive()) {
        break;
      }
    }
    writer.join();
    assertThat(histogram.snapshot().count()).isEqualTo(many);
  }
}
