package dev.usher.unit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShareTest {
  @ParameterizedTest(name = "{0} is {1} millionths of a percent, written {2}")
  @CsvSource(
      textBlock =
          """
          0%,          0,         0%
          0.0%,        0,         0%
          0.000001%,   1,         0.000001%
          10%,         10000000,  10%
          12.5%,       12500000,  12.5%
          12.500%,     12500000,  12.5%
          29%,         29000000,  29%
          100%,        100000000, 100%
          100.000000%, 100000000, 100%
          """)
  void reads_percentages_as_exact_decimals(String text, long micros, String canonical) {
    assertThat(Share.parse("rate", text)).isEqualTo(new Share.Percent(micros));
    assertThat(Share.parsePercent("lend", text)).isEqualTo(new Share.Percent(micros));
    assertThat(new Share.Percent(micros)).hasToString(canonical);
    assertThat(new Share.Percent(micros).isZero()).isEqualTo(micros == 0);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"0t, 0", "1t, 1", "10t, 10", "1000000t, 1000000"})
  void reads_tokens(String text, int count) {
    assertThat(Share.parse("rate", text)).isEqualTo(new Share.Tokens(count)).hasToString(text);
    assertThat(new Share.Tokens(count).isZero()).isEqualTo(count == 0);
  }

  @ParameterizedTest(name = "''{0}''")
  @ValueSource(
      strings = {
        "", "%", "t", "10", "10p", "-1%", "-1t", "+1%", "1.5t", "101%", "100.000001%", "0.0000001%",
        ".5%", "5.%", "1e1%", "010%", "00%", "01t", "10 %", " 10%", "10% ", "10%\n", "10%%", "10t%",
        "1000001t", "9999999t", "99999999999t", "999%", "٣%", "1,5%"
      })
  void refuses_everything_else_and_names_the_field(String text) {
    assertThatThrownBy(() -> Share.parse("rate", text))
        .isInstanceOf(InvalidValue.class)
        .hasMessage("rate: want %s, got '%s'", Share.WANTED, text);
    assertThatThrownBy(() -> Share.parsePercent("lend", text))
        .isInstanceOf(InvalidValue.class)
        .hasMessage("lend: want %s, got '%s'", Share.PERCENT_WANTED, text);
  }

  @Test
  void tokens_are_no_percentage() {
    assertThatThrownBy(() -> Share.parsePercent("lend", "3t"))
        .hasMessage("lend: want %s, got '3t'", Share.PERCENT_WANTED);
  }

  @Test
  void the_records_hold_no_share_out_of_range() {
    assertThatThrownBy(() -> new Share.Percent(-1)).isInstanceOf(InvalidValue.class);
    assertThatThrownBy(() -> new Share.Percent(100_000_001)).isInstanceOf(InvalidValue.class);
    assertThatThrownBy(() -> new Share.Tokens(-1)).isInstanceOf(InvalidValue.class);
    assertThatThrownBy(() -> new Share.Tokens(1_000_001)).isInstanceOf(InvalidValue.class);
  }

  @Test
  void every_share_survives_the_way_through_text() {
    long seed = 20_260_103L;
    Random random = new Random(seed);
    for (int i = 0; i < 100_000; i++) {
      Share share =
          random.nextBoolean()
              ? new Share.Percent(random.nextInt(100_000_001))
              : new Share.Tokens(random.nextInt(1_000_001));
      assertThat(Share.parse("f", share.toString()))
          .as("seed %d, run %d", seed, i)
          .isEqualTo(share);
    }
  }
}
