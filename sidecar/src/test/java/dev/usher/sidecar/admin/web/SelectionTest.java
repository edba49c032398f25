package dev.usher.sidecar.admin.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class SelectionTest {
  private static Selection of(String query) {
    return new Selection(null, query);
  }

  @Test
  void aParameterMayComeMoreThanOnce() {
    assertThat(of("name[]=a&x=1&name%5B%5D=b+c&name[]").values("name[]"))
        .isEqualTo(List.of("a", "b c", ""));
    assertThat(of("").values("x")).isEmpty();
  }

  @Test
  void aFlagIsTrueOrFalseAndOtherwiseAnError() {
    assertThat(of("on=true").flag("on")).isTrue();
    assertThat(of("on=true&on=false").flag("on")).isFalse();
    assertThat(of("off=true").flag("on")).isFalse();
    assertThatThrownBy(() -> of("on=yes").flag("on"))
        .isInstanceOf(ApiError.class)
        .hasMessageContaining("on: want true or false, got 'yes'");
  }

  @Test
  void brokenPercentEncodingIsAnError() {
    assertThatThrownBy(() -> of("a=%zz&on=true").flag("a")).isInstanceOf(ApiError.class);
    assertThatThrownBy(() -> of("%=1").values("a")).isInstanceOf(ApiError.class);
  }
}
