package dev.usher.sidecar.cli;

import dev.usher.sidecar.cli.draw.Canvas;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Where the commands write. What it can do is found out when somebody asks, which takes a process
 * of its own: most commands only write lines.
 *
 * @param inPlace whether {@code out} is a terminal on which lines can be drawn anew
 * @param canvas its size of the moment
 */
public record Terminal(
    PrintStream out, PrintStream err, BooleanSupplier inPlace, Supplier<Canvas> canvas) {
  private static final int COLUMNS_OF_A_FILE = 140;

  /** This process's: what is written to a file or a pipe is UTF-8. */
  public static Terminal system() {
    PrintStream out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
    return new Terminal(out, System.err, () -> Probed.IN_PLACE, Terminal::probedCanvas);
  }

  private static Canvas probedCanvas() {
    int columns = Probed.TERMINAL ? TerminalProbe.columns() : COLUMNS_OF_A_FILE;
    return new Canvas(columns, Probed.UNICODE, Probed.IN_PLACE);
  }

  /** Found out once, by the first who asks. */
  private static final class Probed {
    static final boolean TERMINAL = TerminalProbe.isTerminal();
    static final boolean UNICODE = !TERMINAL || speaksUtf8(System.getenv());
    static final boolean IN_PLACE = TERMINAL && drawsInPlace(System.getenv());
  }

  private static boolean drawsInPlace(Map<String, String> environment) {
    return !"dumb".equals(environment.getOrDefault("TERM", "dumb"))
        && environment.getOrDefault("NO_COLOR", "").isEmpty();
  }

  /** POSIX: the first of these that is set and not empty decides. */
  static boolean speaksUtf8(Map<String, String> environment) {
    for (String name : new String[] {"LC_ALL", "LC_CTYPE", "LANG"}) {
      String value = environment.getOrDefault(name, "");
      if (!value.isEmpty()) {
        String upper = value.toUpperCase(Locale.ROOT);
        return upper.contains("UTF-8") || upper.contains("UTF8");
      }
    }
    return false;
  }
}
