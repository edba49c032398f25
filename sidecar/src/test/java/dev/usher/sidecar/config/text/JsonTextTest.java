package dev.usher.sidecar.config.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.sidecar.config.document.Place;
import dev.usher.sidecar.config.document.Value;
import dev.usher.sidecar.config.document.Value.Entry;
import dev.usher.sidecar.config.document.Value.Kind;
import dev.usher.sidecar.config.document.Value.Mapping;
import dev.usher.sidecar.config.document.Value.Scalar;
import dev.usher.sidecar.config.document.Value.Sequence;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTextTest {

  @Test
  void every_kind_of_value_is_read_in_its_order() {
    String json =
        """
        {"b": "3", "a": [1, -2.50, 1e5, true, false, null], "empty": {}, "none": [], "text": ""}
        """;
    assertThat(JsonText.read(json))
        .contains(
            new Mapping(
                Place.UNKNOWN,
                List.of(
                    entry("b", scalar(Kind.TEXT, "3")),
                    entry(
                        "a",
                        new Sequence(
                            Place.UNKNOWN,
                            List.of(
                                scalar(Kind.NUMBER, "1"),
                                scalar(Kind.NUMBER, "-2.50"),
                                scalar(Kind.NUMBER, "1e5"),
                                scalar(Kind.BOOLEAN, "true"),
                                scalar(Kind.BOOLEAN, "false"),
                                scalar(Kind.NOTHING, "")))),
                    entry("empty", new Mapping(Place.UNKNOWN, List.of())),
                    entry("none", new Sequence(Place.UNKNOWN, List.of())),
                    entry("text", scalar(Kind.TEXT, "")))));
  }

  @Test
  void equal_documents_are_equal_values_however_they_are_laid_out() {
    assertThat(JsonText.read("{\"a\":[1,{\"b\":2}]}"))
        .isEqualTo(JsonText.read("{ \"a\" :\n [1,\t{\"b\": 2} ] }\n"))
        .isNotEqualTo(JsonText.read("{\"a\":[1,{\"b\":\"2\"}]}"));
  }

  @Test
  void nesting_has_an_end_far_beyond_any_answer() {
    int deep = 900;
    assertThat(JsonText.read("[".repeat(deep) + "]".repeat(deep))).isPresent();
    assertThat(JsonText.read("[".repeat(100_000))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "<html>",
        "{",
        "{}{}",
        "{} x",
        "{\"a\": 1, \"a\": 2}",
        "{'a': 1}",
        "[1,]",
        "NaN"
      })
  void what_is_not_one_json_value_is_nothing(String text) {
    assertThat(JsonText.read(text)).isEmpty();
  }

  private static Value scalar(Kind kind, String text) {
    return new Scalar(Place.UNKNOWN, kind, text);
  }

  private static Entry entry(String key, Value value) {
    return new Entry(key, Place.UNKNOWN, value);
  }
}
