package dev.usher.sidecar.cli;

import dev.usher.sidecar.cli.draw.Canvas;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Where the commands write.
 *
 * @param inPlace whether {@code out} is a terminal on which lines can be drawn anew
 * @param canvas its size of the moment
 */
public record Terminal(PrintStream out, PrintStream err, boolean inPlace, Supplier<Canvas> canvas) {
  private static final int COLUMNS_OF_A_FILE = 140;

  /** This process's: what is written to a file or a pipe is UTF-8. */
  public static Terminal system() {
    Map<String, String> environment = System.getenv();
    boolean terminal = TerminalProbe.isTerminal();
    boolean unicode = !terminal || speaksUtf8(environment);
    boolean inPlace =
        terminal
            && !"dumb".equals(environment.getOrDefault("TERM", "dumb"))
            && environment.getOrDefault("NO_COLOR", "").isEmpty();
    PrintStream out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
    return new Terminal(
        out,
        System.err,
        inPlace,
        () -> new Canvas(terminal ? TerminalProbe.columns() : COLUMNS_OF_A_FILE, unicode, inPlace));
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
