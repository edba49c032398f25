package dev.usher.sidecar.config.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.usher.sidecar.config.document.Faults;
import dev.usher.sidecar.config.document.Place;
import dev.usher.sidecar.config.document.Value;
import dev.usher.sidecar.config.document.Value.Entry;
import dev.usher.sidecar.config.document.Value.Kind;
import dev.usher.sidecar.config.document.Value.Mapping;
import dev.usher.sidecar.config.document.Value.Refused;
import dev.usher.sidecar.config.document.Value.Scalar;
import dev.usher.sidecar.config.document.YamlDocument;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

class YamlTextTest {

  @Test
  void it_looks_like_a_configuration_that_somebody_wrote() {
    assertThat(
            yaml(
                """
                {"routes": [{"on-demand": true}], "directors": {"app": {
                  "queue-timeout": "30s", "note": null, "expect": [200, 204],
                  "health-check": {"path": "/a/rather/long/path/to/whatever/it/is/that/answers",
                                   "host": "healthcheck", "interval": "2s", "timeout": "1s"},
                  "backends": {"b1": {"url": "http://h:80", "capacity": 10}},
                  "buckets": {"vip": {"rate": "10%", "buckets": {}}, "1": {"rate": "3t"}}}}}
                """))
        .isEqualTo(
            """
            routes:
              - {on-demand: true}
            directors:
              app:
                queue-timeout: 30s
                note: null
                expect: [200, 204]
                health-check:
                  path: /a/rather/long/path/to/whatever/it/is/that/answers
                  host: healthcheck
                  interval: 2s
                  timeout: 1s
                backends:
                  b1: {url: 'http://h:80', capacity: 10}
                buckets:
                  vip:
                    rate: 10%
                    buckets: {}
                  '1': {rate: 3t}
            """);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "a b",
        " a",
        "a ",
        "null",
        "~",
        "Null",
        "true",
        "no",
        "on",
        "010",
        "1_000",
        "0x1F",
        "1e3",
        "1.5",
        ".5",
        "-",
        "--",
        "---",
        "...",
        "-1",
        "12:30:45",
        "2001-01-01",
        "=",
        "<<",
        "@x",
        "`",
        "!x",
        "&a",
        "*a",
        "%",
        "10%",
        "#x",
        "a #x",
        "a: b",
        "a:",
        ":",
        "?",
        "? a",
        "[a",
        "{a",
        "]",
        "}",
        "a,b",
        "'",
        "\"",
        "'a'",
        "it's",
        "\\",
        "\\n",
        "|",
        ">",
        "a\nb",
        "\n",
        "a\n",
        "\t",
        "bücher",
        "日本",
        "😀",
        "\u0000",
        "\u001b[31m",
        "\u007f",
        "\u0085",
        "\u2028",
        "\uFEFF",
        "NaN",
        "http://[::1]:80",
        "/?q={a}&b=[c]"
      })
  void any_text_is_read_back_as_the_same_text_as_key_and_value_and_by_other_parsers(String text) {
    Value document =
        map(
            new Entry(text, Place.UNKNOWN, text(text)),
            new Entry(
                "long map " + "x".repeat(90),
                Place.UNKNOWN,
                map(new Entry("in/" + text, Place.UNKNOWN, text(text)))));
    String yaml = YamlText.write(document);
    assertThat(withoutPlaces(read(yaml))).as(yaml).isEqualTo(document);
    Object other = new Yaml().load(yaml);
    assertThat(other).as(yaml).asString().contains("in/" + text + "=" + text);
    assertThat(((java.util.Map<?, ?>) other).get(text)).as(yaml).isEqualTo(text);
  }

  @Test
  void a_value_that_could_not_be_read_cannot_be_written() {
    assertThatThrownBy(() -> YamlText.write(new Refused(Place.UNKNOWN)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static String yaml(String json) {
    return YamlText.write(JsonText.read(json).orElseThrow());
  }

  private static Value read(String yaml) {
    Faults faults = new Faults();
    Value value = YamlDocument.parse(yaml, faults).orElseThrow();
    assertThat(faults.inFileOrder()).isEmpty();
    return value;
  }

  /** Only maps and texts. */
  private static Value withoutPlaces(Value value) {
    if (value instanceof Mapping mapping) {
      return map(
          mapping.entries().stream()
              .map(each -> new Entry(each.key(), Place.UNKNOWN, withoutPlaces(each.value())))
              .toArray(Entry[]::new));
    }
    Scalar scalar = (Scalar) value;
    return new Scalar(Place.UNKNOWN, scalar.kind(), scalar.text());
  }

  private static Value map(Entry... entries) {
    return new Mapping(Place.UNKNOWN, List.of(entries));
  }

  private static Value text(String text) {
    return new Scalar(Place.UNKNOWN, Kind.TEXT, text);
  }
}
