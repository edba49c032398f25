package dev.usher.unit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
  @ParameterizedTest(name = "{0} is {1}, written {2}")
  @CsvSource(
      textBlock =
          """
          0s,           PT0S,       0s
          0ms,          PT0S,       0s
          0d,           PT0S,       0s
          1ms,          PT0.001S,   1ms
          250ms,        PT0.25S,    250ms
          1000ms,       PT1S,       1s
          90s,          PT90S,      90s
          60s,          PT1M,       1m
          120m,         PT2H,       2h
          24h,          PT24H,      1d
          365d,         PT8760H,    365d
          8760h,        PT8760H,    365d
          31536000000ms, PT8760H,   365d
          """)
  void reads_a_number_with_its_unit(String text, Duration duration, String canonical) {
    assertThat(Durations.parse("timeout", text)).isEqualTo(duration);
    assertThat(Durations.text(duration)).isEqualTo(canonical);
  }

  @ParameterizedTest(name = "''{0}''")
  @ValueSource(
      strings = {
        "",
        "30",
        "s",
        "-1s",
        "+1s",
        "1.5s",
        " 1s",
        "1s ",
        "1 s",
        "1S",
        "1sec",
        "1w",
        "1us",
        "01s",
        "00s",
        "1s\n",
        "٣s",
        "1m30s",
        "366d",
        "8761h",
        "31536000001ms",
        "999999999999h",
        "106751991168d",
        "213503982335d",
        "9999999999999s",
        "99999999999999999999s"
      })
  void refuses_everything_else_and_names_the_field(String text) {
    InvalidValue e =
        catchThrowableOfType(InvalidValue.class, () -> Durations.parse("queue-timeout", text));
    assertThat(e.field()).isEqualTo("queue-timeout");
    assertThat(e.wanted()).isEqualTo(Durations.WANTED);
    assertThat(e.got()).isEqualTo("'" + text + "'");
    assertThat(e.impossibleHere()).isFalse();
  }

  @Test
  void every_duration_of_whole_milliseconds_survives_the_way_through_text() {
    long seed = 20_260_101L;
    Random random = new Random(seed);
    long most = Duration.ofDays(365).toMillis();
    long[] grains = {1, 10, 1_000, 60_000, 3_600_000, 86_400_000};
    for (int i = 0; i < 100_000; i++) {
      long grain = grains[random.nextInt(grains.length)];
      long count = (long) (random.nextDouble() * (most / grain + 1));
      Duration duration = Duration.ofMillis(count * grain);
      assertThat(Durations.parse("f", Durations.text(duration)))
          .as("seed %d, run %d", seed, i)
          .isEqualTo(duration);
    }
  }
}
