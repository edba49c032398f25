package dev.usher.sidecar.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.usher.sidecar.classify.UndertowRouteSyntax;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The cases are in {@code bad-files.txt}: {@code ### name}, the file, {@code --->}, the lines. */
class BadFilesTest {
  private static final ConfigReader READER = new ConfigReader(new UndertowRouteSyntax());

  record Case(String name, String yaml, List<String> problems) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> cases() throws IOException {
    try (InputStream in = BadFilesTest.class.getResourceAsStream("bad-files.txt")) {
      assertThat(in).isNotNull();
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      List<Case> cases = new ArrayList<>();
      for (String part : text.split("(?m)^### ", -1)) {
        if (part.contains("--->\n")) {
          String[] halves = part.split("--->\n", 2);
          String[] head = halves[0].split("\n", 2);
          cases.add(new Case(head[0], head[1], Arrays.asList(halves[1].strip().split("\n", -1))));
        }
      }
      return cases.stream();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void every_problem_is_reported_with_line_and_key(Case bad) {
    InvalidConfiguration thrown =
        catchThrowableOfType(
            InvalidConfiguration.class, () -> READER.readYaml("usher.yaml", bad.yaml()));
    assertThat(thrown).as("refused").isNotNull();
    assertThat(thrown.problems().stream().map(Problem::text).toList()).isEqualTo(bad.problems());
  }

  @Test
  void there_are_many_distinct_problems() throws IOException {
    assertThat(cases().flatMap(bad -> bad.problems().stream()).distinct().count())
        .isGreaterThan(80);
  }
}
