package dev.usher.unit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SizesTest {
  @ParameterizedTest(name = "{0} is {1}, written {2}")
  @CsvSource(
      textBlock =
          """
          0B,        0,                0B
          0TiB,      0,                0B
          512B,      512,              512B
          1024B,     1024,             1KiB
          1025B,     1025,             1025B
          64KiB,     65536,            64KiB
          256MiB,    268435456,        256MiB
          1GiB,      1073741824,       1GiB
          1234567890B, 1234567890,     1234567890B
          1024TiB,   1125899906842624, 1024TiB
          1125899906842624B, 1125899906842624, 1024TiB
          """)
  void reads_a_number_with_its_unit(String text, long bytes, String canonical) {
    assertThat(Sizes.parseBytes("size", text)).isEqualTo(bytes);
    assertThat(Sizes.text(bytes)).isEqualTo(canonical);
  }

  @ParameterizedTest(name = "''{0}''")
  @ValueSource(
      strings = {
        "",
        "1",
        "B",
        "-1B",
        "1.5KiB",
        "1 KiB",
        "1KB",
        "1kib",
        "1K",
        "1PiB",
        "01B",
        "00B",
        "1B\n",
        "1025TiB",
        "1048577GiB",
        "999999999TiB",
        "16777216TiB",
        "1125899906842625B",
        "9999999999999999TiB",
        "99999999999999999999B"
      })
  void refuses_everything_else_and_names_the_field(String text) {
    assertThatThrownBy(() -> Sizes.parseBytes("max-body-size", text))
        .isInstanceOf(InvalidValue.class)
        .hasMessage("max-body-size: want %s, got '%s'", Sizes.WANTED, text);
  }

  @Test
  void every_size_survives_the_way_through_text() {
    long seed = 20_260_102L;
    Random random = new Random(seed);
    for (int i = 0; i < 100_000; i++) {
      long bytes = (random.nextLong() >>> (14 + random.nextInt(50))) << (10 * random.nextInt(5));
      if (bytes >= 0 && bytes <= 1L << 50) {
        assertThat(Sizes.parseBytes("f", Sizes.text(bytes)))
            .as("seed %d, run %d", seed, i)
            .isEqualTo(bytes);
      }
    }
  }
}
