package dev.usher.sidecar.cli.ctl.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.usher.unit.InvalidValue;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AssignmentTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          queue-limit=200      | queue-limit | 200
          a=                   | a           | ``
          a==                  | a           | =
          a=b=c                | a           | b=c
          url=http://h:80/?x=1 | url         | http://h:80/?x=1
          `a= b  c `           | a           | ` b  c `
          health-check.path=/  | health-check.path | /
          größe=日本           | größe       | 日本
          """)
  void the_first_equals_sign_ends_the_key(String text, String key, String value) {
    assertThat(Assignment.parse(text)).isEqualTo(new Assignment(key, value));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "=", "=200", "queue-limit", "queue-limit:200", "a b"})
  void without_a_key_and_an_equals_sign_it_is_refused(String text) {
    assertThatThrownBy(() -> Assignment.parse(text))
        .isInstanceOf(InvalidValue.class)
        .hasMessageContaining("want KEY=VALUE such as queue-limit=200, got '" + text + "'");
  }

  @Test
  void a_form_keeps_order_repetitions_and_every_character() {
    List<Assignment> assignments =
        Stream.of("b=1", "a=x y", "b=2", "c=", "d=&=%+;", "größe=日")
            .map(Assignment::parse)
            .toList();
    assertThat(Assignment.form(assignments))
        .isEqualTo("b=1&a=x+y&b=2&c=&d=%26%3D%25%2B%3B&gr%C3%B6%C3%9Fe=%E6%97%A5");
    assertThat(Assignment.form(List.of())).isEmpty();
  }
}
