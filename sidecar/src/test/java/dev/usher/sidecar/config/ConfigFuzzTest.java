package dev.usher.sidecar.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.sidecar.classify.UndertowRouteSyntax;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever is written, the answer is a configuration or its problems, and it comes soon. */
class ConfigFuzzTest {
  private static final int RUNS = 2_000;
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

  /** Undertow's parser loads its services each time: only every fifth file goes through it. */
  private static final int SLOW = 5;

  private static final RouteSyntax LENIENT =
      new RouteSyntax() {
        @Override
        public Optional<String> predicateProblem(String when) {
          return Optional.empty();
        }

        @Override
        public Optional<String> attributeProblem(String attribute) {
          return Optional.empty();
        }
      };

  private final ConfigReader slow = new ConfigReader(new UndertowRouteSyntax());
  private final ConfigReader fast = new ConfigReader(LENIENT);

  @Test
  @Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
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
      (seed % SLOW == 0 ? slow : fast).readYaml("fuzz", yaml);
      return false;
    } catch (InvalidConfiguration e) {
      int lines = 1 + yaml.split("\\R", -1).length;
      assertThat(e.problems())
          .as("seed %d", seed)
          .isNotEmpty()
          .allMatch(problem -> problem.line() >= 1 && problem.line() <= lines, "a line of the file")
          .allMatch(problem -> problem.text().chars().noneMatch(c -> c < ' '), "one clean line");
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
