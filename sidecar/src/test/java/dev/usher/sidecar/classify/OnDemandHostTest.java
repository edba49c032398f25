package dev.usher.sidecar.classify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.sidecar.director.endpoint.Endpoint;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OnDemandHostTest {
  @ParameterizedTest(name = "{0} over {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          App.Example       | http  | app.example | 80
          App.Example       | https | app.example | 443
          app.example:80    | https | app.example | 80
          app.example:8080  | http  | app.example | 8080
          app.example:      | http  | app.example | 80
          10.0.0.1:1        | http  | 10.0.0.1    | 1
          [::1]             | http  | ::1         | 80
          [FE80::A]:65535   | http  | fe80::a     | 65535
          [::1]:            | https | ::1         | 443
          app.example:08080 | http  | app.example | 8080
          app.example.      | http  | app.example | 80
          App.Example.:81   | http  | app.example | 81
          my_app~1-2        | http  | my_app~1-2  | 80
          """)
  void takes_host_and_port(String authority, String scheme, String host, int port) {
    assertThat(OnDemandHost.of(authority, scheme)).isEqualTo(new Endpoint(host, port));
  }

  @ParameterizedTest(name = "''{0}''")
  @ValueSource(
      strings = {
        "",
        ":80",
        "a:0",
        "a:65536",
        "a:99999",
        "a:100000",
        "a:x",
        "a:-1",
        "a:80:80",
        "a b",
        "a/b",
        "u@a",
        "[::1",
        "::1",
        "[a]",
        "[]",
        "[1.2.3.4]",
        "[::1]80",
        "a,b",
        "a%00",
        "\u00fc",
        "a\n",
        ".",
        "..",
        ".a",
        "a..b",
        "a..",
        "[::1",
        "[",
        "[]:80",
        "[::1]x",
        "[::1]:x",
        "a:80x",
        "a:+1"
      })
  void has_none_for_a_host_that_is_none(String authority) {
    assertThat(OnDemandHost.of(authority, "http")).isNull();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          http://B.example            | b.example | 80
          HTTP://b.example/           | b.example | 80
          https://b.example?a=http:// | b.example | 443
          http://[::2]:81/x://y:82    | ::2       | 81
          """)
  void takes_host_and_port_of_an_absolute_target(String target, String host, int port) {
    assertThat(OnDemandHost.ofTarget(target)).isEqualTo(new Endpoint(host, port));
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"b:443", "foo://b/", "http://", "http:///x", "http://u@b/", "://b/", "*"})
  void has_none_for_another_target(String target) {
    assertThat(OnDemandHost.ofTarget(target)).isNull();
  }
}
