package dev.usher.unit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class InvalidValueTest {
  @Test
  void says_name_wanted_and_got() {
    InvalidValue e = InvalidValue.of("cost", "a whole number", 0.5);
    assertThat(e).hasMessage("cost: want a whole number, got '0.5'");
    assertThat(e.field()).isEqualTo("cost");
    assertThat(e.wanted()).isEqualTo("a whole number");
    assertThat(e.got()).isEqualTo("'0.5'");
    assertThat(e.impossibleHere()).isFalse();
  }

  @Test
  void moves_under_a_parent_and_stays_impossible() {
    InvalidValue e = InvalidValue.impossible("rate", "less", "60%").under("vip").under("buckets");
    assertThat(e).hasMessage("buckets.vip.rate: want less, got '60%'");
    assertThat(e.impossibleHere()).isTrue();
  }

  @Test
  void a_range_takes_its_ends_and_refuses_what_is_beyond() {
    IntRange range = new IntRange(-1, 3);
    assertThat(range.check("n", -1)).isEqualTo(-1);
    assertThat(range.check("n", 3)).isEqualTo(3);
    assertThatThrownBy(() -> range.check("n", 4))
        .hasMessage("n: want a whole number from -1 to 3, got '4'");
    assertThatThrownBy(() -> range.check("n", -2)).isInstanceOf(InvalidValue.class);
    assertThatThrownBy(() -> new IntRange(1, 0)).isInstanceOf(IllegalArgumentException.class);
  }
}
