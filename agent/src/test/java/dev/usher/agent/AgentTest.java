package dev.usher.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class AgentTest {
  @Test
  void says_in_one_line_that_it_does_nothing() {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Agent.announce(new PrintStream(err, true, StandardCharsets.UTF_8));
    assertThat(err.toString(StandardCharsets.UTF_8).lines()).containsExactly(Agent.NOTICE);
  }
}
