package dev.usher.sidecar.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.usher.unit.InvalidValue;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListenAddressTest {
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      textBlock =
          """
          127.0.0.1:7070,   127.0.0.1,   7070,  true
          127.8.9.10:0,     127.8.9.10,  0,     true
          '[::1]:65535',    ::1,         65535, true
          '[::]:80',        ::,          80,    false
          0.0.0.0:80,       0.0.0.0,     80,    false
          localhost:80,     localhost,   80,    true
          LocalHost:80,     LocalHost,   80,    true
          my_app.example:1, my_app.example, 1,  false
          10.example:1,     10.example,  1,     false
          """)
  void is_read_and_written(String text, String address, int port, boolean loopback) {
    ListenAddress read = ListenAddress.parse("--listen", text);
    assertThat(read).isEqualTo(new ListenAddress(address, port)).hasToString(text);
    assertThat(read.isLoopback()).isEqualTo(loopback);
  }

  @ParameterizedTest(name = "''{0}''")
  @ValueSource(
      strings = {
        "",
        ":",
        "80",
        ":80",
        "127.0.0.1",
        "127.0.0.1:",
        "127.0.0.1:65536",
        "127.0.0.1:080",
        "127.0.0.1:-1",
        "127.1:80",
        "300.0.0.1:80",
        "::1:80",
        "[::1]",
        "[::1]80",
        "[127.0.0.1:80",
        "[a]:80",
        "a b:80",
        "-a:80",
        "a..b:80",
        "http://a:80",
        "a:80/"
      })
  void refuses_everything_else_and_names_the_field(String text) {
    assertThatThrownBy(() -> ListenAddress.parse("--listen", text))
        .isInstanceOf(InvalidValue.class)
        .hasMessageStartingWith("--listen: want ADDR:PORT");
  }
}
