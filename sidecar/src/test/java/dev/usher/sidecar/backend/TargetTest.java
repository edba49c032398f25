package dev.usher.sidecar.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.usher.unit.InvalidValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetTest {
  @ParameterizedTest(name = "{0} is {1} port {2}")
  @CsvSource({
    "http://10.0.0.3:8080, 10.0.0.3, 8080, http://10.0.0.3:8080",
    "http://app, app, 80, http://app:80",
    "HTTP://app.internal/, app.internal, 80, http://app.internal:80",
    "http://my_app:3000, my_app, 3000, http://my_app:3000",
    "http://[::1]:9000, ::1, 9000, http://[::1]:9000",
    "http://1.2.3.4.example, 1.2.3.4.example, 80, http://1.2.3.4.example:80",
    "http://1e3, 1e3, 80, http://1e3:80",
  })
  void reads_where_a_backend_listens(String text, String host, int port, String again) {
    Target target = Target.parse("url", text);
    assertThat(target).isEqualTo(new Target(host, port));
    assertThat(target.url()).isEqualTo(again);
    assertThat(Target.parse("url", again)).isEqualTo(target);
  }

  @ParameterizedTest(name = "refuses {0}")
  @ValueSource(
      strings = {
        "",
        "app:80",
        "https://app",
        "http://",
        "http://app/path",
        "http://app?q",
        "http://u@app",
        "http://app:0",
        "http://app:65536",
        "http://app:",
        "http://a b",
        "http://[::1",
        "http://[1]",
        "http://app..x",
        "http://app\r\nX: 1",
        "http://300.1.1.1",
        "http://1.2.3",
        "http://1",
        "http://01.2.3.4",
        "http://1.2.3.4."
      })
  void refuses_anything_else(String text) {
    assertThatThrownBy(() -> Target.parse("url", text))
        .isInstanceOf(InvalidValue.class)
        .hasMessageContaining(Target.WANTED);
  }

  @Test
  void a_host_may_be_as_long_as_a_name_can_be() {
    String longest = "a".repeat(61) + ".b".repeat(96);
    assertThat(Target.parse("url", "http://" + longest + ":65535/").host()).hasSize(253);
    assertThat(Target.parse("url", "http://" + longest + ".").host()).hasSize(254);
    assertThatThrownBy(() -> Target.parse("url", "http://a" + longest))
        .isInstanceOf(InvalidValue.class);
  }

  @Test
  void a_host_of_twenty_thousand_labels_is_refused_like_any_other() {
    assertThatThrownBy(() -> Target.parse("url", "http://a" + ".a".repeat(20_000)))
        .isInstanceOf(InvalidValue.class);
  }
}
