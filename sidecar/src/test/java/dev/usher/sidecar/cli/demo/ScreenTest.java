package dev.usher.sidecar.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.sidecar.cli.draw.Canvas;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScreenTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  @Test
  void frames_in_a_file_follow_one_another_without_control_characters() {
    Screen screen = screen(false);
    screen.show(List.of("a", "b"));
    screen.show(List.of("c"));
    screen.conclude(List.of("end"));
    assertThat(text()).isEqualTo("a\nb\n\nc\n\nend\n");
  }

  @Test
  void a_terminal_draws_over_the_frame_before_and_clears_what_was_longer() {
    Screen screen = screen(true);
    screen.show(List.of("a", "b"));
    screen.show(List.of("c"));
    assertThat(text().replace("\u001b[", "<")).isEqualTo("a<K\nb<K\n<J" + "<2A" + "c<K\n<J");
  }

  private Screen screen(boolean inPlace) {
    PrintStream out = new PrintStream(bytes, false, StandardCharsets.UTF_8);
    return new Screen(out, inPlace, () -> new Canvas(80, true, false));
  }

  private String text() {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
