package dev.usher.it.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.it.harness.UsherJar;
import dev.usher.it.harness.UsherJar.Ended;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandsIT {
  @Test
  void saysItsVersion() {
    Ended ended = UsherJar.run("--version");
    assertThat(ended.exit()).isZero();
    assertThat(ended.out()).containsPattern("\\d+\\.\\d+\\.\\d+");
    assertThat(ended.err()).isEmpty();
  }

  @Test
  void saysHowItIsUsed() {
    Ended ended = UsherJar.run("--help");
    assertThat(ended.exit()).isZero();
    assertThat(ended.out()).contains("run").contains("check").contains("demo").contains("ctl");
    assertThat(ended.err()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"run", "check", "demo", "ctl"})
  void saysHowACommandIsUsed(String command) {
    Ended ended = UsherJar.run(command, "--help");
    assertThat(ended.exit()).isZero();
    assertThat(ended.out()).contains("usher " + command);
  }

  @ParameterizedTest
  @CsvSource({
    "--nonsense, --nonsense",
    "nonsense, nonsense",
    "run --nonsense, --nonsense",
    "run --listen nowhere, --listen",
    "demo --seconds many, --seconds",
    "demo --seconds 0, --seconds",
    "check, FILE"
  })
  void wrongUseIsTwoAndNamesWhatIsWrong(String arguments, String named) {
    Ended ended = UsherJar.run(arguments.split(" ", -1));
    assertThat(ended.exit()).isEqualTo(2);
    assertThat(ended.err()).contains(named).doesNotContain("\tat ");
    assertThat(ended.out()).isEmpty();
  }

  @Test
  void withoutACommandSaysHowItIsUsed() {
    Ended ended = UsherJar.run();
    assertThat(ended.exit()).isEqualTo(2);
    assertThat(ended.err()).contains("--help");
  }
}
