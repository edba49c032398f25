package dev.usher.sidecar.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.sidecar.classify.UndertowRouteSyntax;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever is written, the answer is a configuration or its problems, and it comes soon. */
class ConfigFuzzTest {
  private static final int RUNS = 6_000;
  private static final String[] PIECES = {
    "{",
    "}",
    "[",
    "]",
    ":",
    ": ",
    "- ",
    "\n",
    "  ",
    "\t",
    ",",
    "#",
    "&a ",
    "*a",
    "!x ",
    "'",
    "\"",
    "|\n",
    ">\n",
    "? ",
    "---\n",
    "...\n",
    "%",
    "%{",
    "${",
    "(",
    ")",
    "\\",
    "\u0000",
    "\u00e9",
    "\uD83D\uDE00",
    "\uFEFF",
    "\r",
    "\u2028",
    "~",
    "null",
    "0",
    "-",
    "9999999999999999999",
    "1e9",
    "<<: ",
    "@",
    "`",
    "not ",
    " and ",
    "\u0085"
  };

  private final ConfigReader reader = new ConfigReader(new UndertowRouteSyntax());

  @Test
  @Timeout(value = 30, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void a_mutated_file_is_read_or_refused_with_problems() throws Exception {
    String sample;
    try (InputStream in = ConfigFuzzTest.class.getResourceAsStream("sample.yaml")) {
      sample = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    int refused = 0;
    for (long seed = 0; seed < RUNS; seed++) {
      refused += isRefused(seed, mutated(sample, new Random(seed))) ? 1 : 0;
    }
    assertThat(refused).isBetween(RUNS / 2, RUNS - 1);
  }

  private boolean isRefused(long seed, String yaml) {
    try {
      reader.readYaml("fuzz", yaml);
      return false;
    } catch (InvalidConfiguration e) {
      int lines = 2 + (int) yaml.lines().count();
      assertThat(e.problems())
          .as("seed %d", seed)
          .isNotEmpty()
          .allSatisfy(problem -> assertThat(problem.line()).isBetween(1, lines))
          .allSatisfy(problem -> assertThat(problem.text()).doesNotContain("\n", "\u0000"));
      return true;
    } catch (RuntimeException | StackOverflowError e) {
      throw new AssertionError("seed %d: %s".formatted(seed, yaml), e);
    }
  }

  private static String mutated(String sample, Random random) {
    StringBuilder text = new StringBuilder(sample);
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      int at = random.nextInt(text.length());
      int end = Math.min(text.length(), at + random.nextInt(12));
      switch (random.nextInt(5)) {
        case 0 -> text.delete(at, end);
        case 1 -> text.insert(at, PIECES[random.nextInt(PIECES.length)]);
        case 2 -> text.replace(at, end, PIECES[random.nextInt(PIECES.length)]);
        case 3 -> text.insert(random.nextInt(text.length()), text.substring(at, end));
        default -> text.insert(at, PIECES[random.nextInt(PIECES.length)].repeat(300));
      }
    }
    return text.toString();
  }
}
