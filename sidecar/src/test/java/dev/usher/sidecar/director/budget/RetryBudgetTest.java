package dev.usher.sidecar.director.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.sidecar.director.spec.RetrySpec;
import dev.usher.unit.Share;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryBudgetTest {
  private static final long SECOND = 1_000_000_000L;

  private static RetrySpec spec(int percent, int min) {
    return new RetrySpec(Set.of(), new Share.Percent(percent * 1_000_000L), min, 0, false);
  }

  private static int retries(RetryBudget budget, RetrySpec spec, long nowNanos) {
    int count = 0;
    while (count < 10_000 && budget.tryRetry(spec, nowNanos)) {
      count++;
    }
    return count;
  }

  private static void requests(RetryBudget budget, int count, long nowNanos) {
    for (int i = 0; i < count; i++) {
      budget.onRequest(nowNanos);
    }
  }

  @ParameterizedTest(name = "{0} requests, {1} %, at least {2}: {3} retries")
  @CsvSource({
    "0, 20, 3, 3",
    "4, 20, 0, 0",
    "5, 20, 0, 1",
    "9, 20, 0, 1",
    "10, 20, 0, 2",
    "10, 20, 3, 3",
    "100, 20, 3, 20",
    "100, 0, 0, 0",
    "100, 0, 2, 2",
    "100, 100, 0, 100"
  })
  void a_share_of_the_requests_and_a_least_number(int asked, int percent, int min, int wanted) {
    RetryBudget budget = new RetryBudget(0);
    requests(budget, asked, 0);
    assertThat(retries(budget, spec(percent, min), 0)).isEqualTo(wanted);
  }

  @ParameterizedTest(name = "from {0} ns on")
  @ValueSource(longs = {0, 5 * SECOND, -100 * SECOND, Long.MAX_VALUE - 30 * SECOND})
  void requests_count_for_ten_seconds_of_the_clock(long start) {
    long second = Math.floorDiv(start, SECOND) * SECOND;
    for (long late : new long[] {-1, 0, 1}) {
      RetryBudget budget = new RetryBudget(start);
      requests(budget, 100, start);
      assertThat(retries(budget, spec(20, 0), second + 10 * SECOND + late))
          .isEqualTo(late < 0 ? 20 : 0);
    }
  }

  @Test
  void the_least_number_is_there_again_with_the_next_second() {
    RetryBudget budget = new RetryBudget(0);
    assertThat(retries(budget, spec(20, 3), 0)).isEqualTo(3);
    assertThat(retries(budget, spec(20, 3), SECOND - 1)).isZero();
    assertThat(retries(budget, spec(20, 3), SECOND)).isEqualTo(3);
    assertThat(retries(budget, spec(20, 3), SECOND + 1)).isZero();
  }

  @Test
  void retries_leave_the_window_with_their_second() {
    RetryBudget budget = new RetryBudget(0);
    requests(budget, 50, 0);
    assertThat(retries(budget, spec(20, 0), 0)).isEqualTo(10);
    requests(budget, 50, 9 * SECOND);
    assertThat(retries(budget, spec(20, 0), 10 * SECOND - 1)).isEqualTo(10);
    assertThat(retries(budget, spec(20, 0), 10 * SECOND)).as("those of second 9 stay").isZero();
    requests(budget, 50, 10 * SECOND);
    assertThat(retries(budget, spec(20, 0), 10 * SECOND)).isEqualTo(10);
  }

  /** Whatever comes when: attempts are at most 1.2 times the requests. */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void over_any_time_retries_stay_within_the_share(long seed) {
    Random random = new Random(seed);
    RetryBudget budget = new RetryBudget(0);
    RetrySpec spec = spec(20, 0);
    long now = 0;
    long asked = 0;
    long retried = 0;
    for (int step = 0; step < 20_000; step++) {
      now += (long) (random.nextDouble() * random.nextDouble() * 4 * SECOND);
      int burst = random.nextInt(random.nextBoolean() ? 3 : 60);
      if (random.nextBoolean()) {
        requests(budget, burst, now);
        asked += burst;
      } else {
        for (int i = 0; i < burst; i++) {
          retried += budget.tryRetry(spec, now) ? 1 : 0;
        }
      }
      assertThat(5 * retried).as("step %d", step).isLessThanOrEqualTo(asked);
    }
    assertThat(retried).isPositive();
  }
}
