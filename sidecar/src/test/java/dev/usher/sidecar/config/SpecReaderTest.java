package dev.usher.sidecar.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.usher.sidecar.backend.Role;
import dev.usher.sidecar.director.spec.DirectorSpec;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpecReaderTest {
  @Test
  void an_empty_object_is_a_director_of_defaults() throws InvalidConfiguration {
    assertThat(SpecReader.director("d", JsonDocuments.parse("{}")))
        .isEqualTo(new DirectorSpec("d", DirectorSpec.Settings.DEFAULT, List.of(), List.of()));
  }

  @Test
  void keys_of_problems_begin_inside_the_object_and_come_in_its_order() {
    String json =
        """
        {"forward-tag": 1, "queue-limit": -1, "queue-timeout": 30, "nme": "x", "scheduler": null,
         "buckets": {"a": {"rate": "90%", "buckets": {"b": {"ceil": 5}}}, "c": {"rate": "20%"}},
         "backends": {"x y": {"url": "http://h", "capacity": 1.5}, "z": []}}
        """;
    List<Problem> problems = problems(() -> SpecReader.director("no name", parsed(json)));
    assertThat(problems)
        .extracting(Problem::key)
        .containsExactly(
            "name",
            "forward-tag",
            "queue-limit",
            "queue-timeout",
            "nme",
            "scheduler",
            "buckets.a.buckets.b.ceil",
            "buckets.c.rate",
            "backends.x y",
            "backends.x y.capacity",
            "backends.z");
    assertThat(problems).filteredOn(Problem::impossibleHere).hasSize(1);
    assertThat(problems.get(2).text())
        .isEqualTo("queue-limit: want a whole number from 0 to 1000000, got '-1'");
  }

  @Test
  void a_bad_name_is_the_key_name() {
    assertThat(problems(() -> SpecReader.bucket("root", parsed("{}"))))
        .map(Problem::key)
        .containsExactly("name");
    assertThat(problems(() -> SpecReader.backend("a/b", parsed("{}"))))
        .map(Problem::key)
        .containsExactly("url", "capacity", "name");
  }

  @Test
  void form_parameters_are_text() throws InvalidConfiguration {
    String json =
        """
        {"url": "http://h", "capacity": "7", "role": "standby", "enabled": "false"}""";
    assertThat(SpecReader.backend("b", parsed(json)))
        .satisfies(spec -> assertThat(spec.capacity()).isEqualTo(7))
        .satisfies(spec -> assertThat(spec.role()).isEqualTo(Role.STANDBY))
        .satisfies(spec -> assertThat(spec.enabled()).isFalse());
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"[]", "5", "\"text\"", "null", "true"})
  void what_is_no_object_is_refused(String json) {
    assertThat(problems(() -> SpecReader.director("d", parsed(json))))
        .map(Problem::text)
        .first()
        .asString()
        .startsWith("want a map of keys and values, got ");
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "{}{}",
        "{} x",
        "{\"a\": 1, \"a\": 2}",
        "{\"a\": NaN}",
        "{\"a\": +1}",
        "{\"a\": 01}",
        "{a: 1}",
        "{'a': 1}",
        "{\"a\": 1,}",
        "[1,]",
        "// c\n{}",
        "{\"a\": \"\n\"}",
        "{\"a\": {\"b\": 1, \"b\": 1}}",
        "Infinity",
        "nul",
        "\"\\x\""
      })
  void what_is_not_strictly_json_is_refused(String json) {
    assertThat(problems(() -> JsonDocuments.parse(json))).hasSize(1);
    assertThat(problems(() -> JsonDocuments.parse(json.getBytes(StandardCharsets.UTF_8))))
        .hasSize(1);
  }

  @Test
  void json_that_is_too_deep_or_not_utf_8_is_refused() {
    assertThat(problems(() -> JsonDocuments.parse("[".repeat(100_000)))).hasSize(1);
    assertThat(problems(() -> JsonDocuments.parse("{\"a\":".repeat(100_000)))).hasSize(1);
    assertThat(problems(() -> JsonDocuments.parse("9".repeat(100_000)))).hasSize(1);
    assertThat(problems(() -> JsonDocuments.parse("{}".getBytes(StandardCharsets.UTF_16))))
        .hasSize(1);
  }

  private static com.fasterxml.jackson.databind.JsonNode parsed(String json)
      throws InvalidConfiguration {
    return JsonDocuments.parse(json);
  }

  private static List<Problem> problems(ThrowingCallable reading) {
    return catchThrowableOfType(InvalidConfiguration.class, reading).problems();
  }
}
