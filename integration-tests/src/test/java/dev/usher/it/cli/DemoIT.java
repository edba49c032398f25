package dev.usher.it.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.usher.it.harness.UsherJar;
import dev.usher.it.harness.UsherJar.Ended;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class DemoIT {
  @Test
  void showsTheBarsAndThatEveryClassGotItsShare() {
    Ended ended = UsherJar.run(Duration.ofSeconds(40), "demo", "--seconds", "5");
    assumeThat(ended.out())
        .as("a machine too busy to bring up the load shows nothing")
        .doesNotContain("asked for too little");
    assertThat(ended.exit()).as(ended.all()).isZero();
    List<String> lines = ended.out().lines().map(DemoIT::withoutColours).toList();
    assertThat(lines.stream().filter(line -> line.matches("root +[VvUuBbJj·.]{100} .*")))
        .as("one bar a second, a column a token")
        .hasSizeGreaterThanOrEqualTo(4);
    assertThat(lines).anyMatch(line -> line.matches("root +VVVVVv*U.* \\d+ of 100, \\d+ waiting"));
    for (String row : new String[] {"VIP +V{5}v{0,15}", "Upload +U{5}u{0,5}", "Jail +Jj{0,4}"}) {
      assertThat(lines).as(row).anyMatch(line -> line.matches(row + "[·.]* .*waiting \\d+.*"));
    }
    String table = String.join("\n", lines.subList(lines.size() - 12, lines.size()));
    for (String name : new String[] {"VIP", "Upload", "Backend", "Jail"}) {
      assertThat(table).contains(name);
    }
    assertThat(table).containsIgnoringCase("assured").contains("p50").contains("p99");
    assertThat(table).doesNotContain("NO").doesNotContain("missed");
    assertThat(ended.err()).doesNotContain("\tat ");
  }

  private static String withoutColours(String line) {
    return line.replaceAll("\u001B\\[[0-9;?]*[A-Za-z]", "").stripTrailing();
  }
}
