package dev.usher.sidecar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TerminalTest {

  @Test
  void the_first_locale_variable_that_is_not_empty_decides_about_unicode() {
    assertThat(Terminal.speaksUtf8(Map.of())).isFalse();
    assertThat(Terminal.speaksUtf8(Map.of("LANG", "C"))).isFalse();
    assertThat(Terminal.speaksUtf8(Map.of("LANG", "C.UTF-8"))).isTrue();
    assertThat(Terminal.speaksUtf8(Map.of("LC_ALL", "", "LANG", "de_DE.utf8"))).isTrue();
    assertThat(Terminal.speaksUtf8(Map.of("LC_ALL", "POSIX", "LANG", "en_US.UTF-8"))).isFalse();
    assertThat(Terminal.speaksUtf8(Map.of("LC_CTYPE", "C", "LANG", "en_US.UTF-8"))).isFalse();
  }
}
