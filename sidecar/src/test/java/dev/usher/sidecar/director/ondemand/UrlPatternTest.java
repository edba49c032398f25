package dev.usher.sidecar.director.ondemand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.usher.sidecar.backend.Target;
import dev.usher.sidecar.director.endpoint.Endpoint;
import dev.usher.unit.InvalidValue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UrlPatternTest {
  @ParameterizedTest(name = "{0} for {1}:{2}")
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      textBlock =
          """
          http://{host}:{port}            | shop.example | 8080  | http://shop.example:8080
          http://{host}                   | shop.example | 8080  | http://shop.example:80
          http://{host}.internal:8080     | shop.example | 80    | http://shop.example.internal:8080
          http://{host}-{port}.internal   | a            | 81    | http://a-81.internal:80
          http://10.0.0.1:{port}/         | a            | 81    | http://10.0.0.1:81
          http://10.0.0.1:8080            | a            | 81    | http://10.0.0.1:8080
          http://[::1]:{port}             | a            | 81    | http://[::1]:81
          http://{host}:{port}            | ::1          | 81    | http://[::1]:81
          http://{host}.internal:{port}   | ::1          | 81    | none
          http://{host}:{port}            | a~b          | 81    | none
          """)
  void fills_in_host_and_port(String pattern, String host, int port, @Nullable String url) {
    Target target = new UrlPattern(pattern).target(new Endpoint(host, port));
    assertThat(target == null ? null : target.url()).isEqualTo(url);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "",
        "{host}",
        "{host}:{port}",
        "https://{host}",
        "http://{hots}",
        "http://{HOST}",
        "http://{host",
        "http://host}",
        "http://{}",
        "http://[{host}]",
        "http://a:{host}",
        "http://a:{port}0",
        "http://a:1{port}",
        "http://{host}/path",
        "http://{host}?q",
        "http://u@{host}",
        "http://{host}:{port}:1",
        "http://{host} "
      })
  void refuses_what_can_make_no_url(String pattern) {
    InvalidValue refused =
        catchThrowableOfType(InvalidValue.class, () -> UrlPattern.parse("key", pattern));
    assertThat(refused.field()).isEqualTo("key");
    assertThat(refused.got()).isEqualTo("'" + pattern + "'");
    assertThat(refused.wanted())
        .isEqualTo(
            "http://HOST[:PORT] without a path; {host} and {port} stand for those of the request");
  }
}
