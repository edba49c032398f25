package dev.usher.sidecar.cli.demo;

import dev.usher.sidecar.cli.draw.Canvas;
import java.io.PrintStream;
import java.util.List;
import java.util.function.Supplier;

/** Shows frames: each over the one before, or one after the other with an empty line between. */
public final class Screen {
  private static final String CLEAR_LINE = "\u001b[K";
  private static final String CLEAR_BELOW = "\u001b[J";

  private final PrintStream out;
  private final boolean inPlace;
  private final Supplier<Canvas> canvas;
  private int linesShown;

  /**
   * @param inPlace whether {@code out} is a terminal that understands ANSI control sequences
   * @param canvas asked before each frame, since a window may change its size
   */
  public Screen(PrintStream out, boolean inPlace, Supplier<Canvas> canvas) {
    this.out = out;
    this.inPlace = inPlace;
    this.canvas = canvas;
  }

  Canvas canvas() {
    return canvas.get();
  }

  void show(List<String> frame) {
    StringBuilder text = new StringBuilder();
    if (inPlace) {
      text.append(linesShown > 0 ? "\u001b[%dA".formatted(linesShown) : "");
      frame.forEach(line -> text.append(line).append(CLEAR_LINE).append('\n'));
      text.append(CLEAR_BELOW);
    } else {
      text.append(linesShown > 0 ? "\n" : "");
      frame.forEach(line -> text.append(line).append('\n'));
    }
    linesShown = frame.size();
    print(text.toString());
  }

  /** What comes below the last frame and stays. */
  void conclude(List<String> lines) {
    print("\n" + String.join("\n", lines) + "\n");
  }

  private void print(String text) {
    out.print(text);
    out.flush();
  }
}
