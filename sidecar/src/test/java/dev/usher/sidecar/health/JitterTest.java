package dev.usher.sidecar.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.sidecar.time.Dice;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JitterTest {
  private static Jitter shows(int side) {
    return new Jitter(
        sides -> {
          assertThat(side).isLessThan(sides);
          return side;
        });
  }

  @ParameterizedTest(name = "side {0} of {1} ms")
  @CsvSource({
    "0,    10000,       9000",
    "1000, 10000,       10000",
    "2000, 10000,       11000",
    "0,    10,          9",
    "2000, 10,          11",
    "2000, 31536000000, 34689600000"
  })
  void an_interval_is_up_to_a_tenth_shorter_or_longer(int side, long millis, long wantedMillis) {
    assertThat(shows(side).about(Duration.ofMillis(millis)))
        .isEqualTo(Duration.ofMillis(wantedMillis).toNanos());
  }

  @ParameterizedTest(name = "side {0} of {1} ms")
  @CsvSource({"0, 2000, 0", "2000, 1000, 50", "2000, 2000, 100", "2000, 3600000, 100"})
  void soon_is_small_against_the_interval_and_against_a_second(
      int side, long millis, long wantedMillis) {
    assertThat(shows(side).soon(Duration.ofMillis(millis)))
        .isEqualTo(Duration.ofMillis(wantedMillis).toNanos());
  }

  @Test
  void chance_spreads_it_over_the_whole() {
    Dice dice = new Random(7)::nextInt;
    Jitter jitter = new Jitter(dice);
    int[] tenths = new int[10];
    for (int i = 0; i < 10_000; i++) {
      long millis = jitter.about(Duration.ofSeconds(10)) / 1_000_000;
      tenths[(int) Math.min(9, (millis - 9_000) / 200)]++;
    }
    for (int count : tenths) {
      assertThat(count).isBetween(800, 1_200);
    }
  }
}
