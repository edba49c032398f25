package dev.usher.sidecar.cli.ctl.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.usher.unit.InvalidValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectPathTest {

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "app, OfDirector, /director/app",
    "backends, OfDirector, /director/backends",
    "a.b-c_D9, OfDirector, /director/a.b-c_D9",
    "app/backends, OfBackends, /director/app/backends",
    "app/backends/app01, OfBackend, /director/app/backends/app01",
    "app/buckets, OfBuckets, /director/app/buckets",
    "app/buckets/vip, OfBucket, /director/app/buckets/vip",
    "buckets/buckets/buckets, OfBucket, /director/buckets/buckets/buckets"
  })
  void a_path_leads_to_one_kind_of_object_and_its_resource(
      String text, String kind, String resource) {
    ObjectPath path = ObjectPath.parse(text);
    assertThat(path.getClass().getSimpleName()).isEqualTo(kind);
    assertThat(path.resource()).isEqualTo(resource);
    assertThat(path.text()).isEqualTo(text);
    assertThat(path.director()).isEqualTo(text.split("/", -1)[0]);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "/app",
        "app/",
        "app/config",
        "app/backends/",
        "app/backends/a/b",
        "app//app01",
        "a b",
        "app/buckets/..",
        ".",
        "app?now=true",
        "app/buckets/vip#x",
        "app/buckets/%2e",
        "bücher"
      })
  void anything_else_is_refused(String text) {
    assertThatThrownBy(() -> ObjectPath.parse(text))
        .isInstanceOf(InvalidValue.class)
        .hasMessageContaining("'" + text + "'");
  }

  @Test
  void a_slip_of_the_pen_is_told() {
    assertThatThrownBy(() -> ObjectPath.parse("app/backend/app01"))
        .hasMessage(
            "PATH: want one of backends, buckets (did you mean 'backends'?) behind 'app/',"
                + " got 'app/backend/app01'");
  }
}
