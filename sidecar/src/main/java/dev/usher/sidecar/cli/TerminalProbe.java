package dev.usher.sidecar.cli;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the JDK does not tell: whether standard output is a terminal (the console's being there says
 * it of standard input too, or of nothing at all, depending on the version) and how wide it is.
 */
final class TerminalProbe {
  private static final Logger LOG = LoggerFactory.getLogger(TerminalProbe.class);
  private static final int USUAL_COLUMNS = 80;
  private static final long PATIENCE_MILLIS = 500;

  private TerminalProbe() {}

  /** Where nobody can be asked, frames follow one another, which is right everywhere. */
  static boolean isTerminal() {
    ProcessBuilder test =
        new ProcessBuilder("test", "-t", "1").redirectOutput(ProcessBuilder.Redirect.INHERIT);
    try {
      return ended(test.start()) == 0;
    } catch (IOException e) {
      LOG.debug("cannot ask whether this is a terminal", e);
      return false;
    }
  }

  static int columns() {
    ProcessBuilder size = new ProcessBuilder("stty", "size").redirectInput(new File("/dev/tty"));
    try {
      Process process = size.start();
      if (ended(process) == 0) {
        String[] rowsAndColumns =
            new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)
                .trim()
                .split(" ", -1);
        int columns = Integer.parseInt(rowsAndColumns[rowsAndColumns.length - 1]);
        return columns > 0 ? columns : USUAL_COLUMNS;
      }
    } catch (IOException | NumberFormatException e) {
      LOG.debug("cannot ask for the width of the terminal", e);
    }
    return USUAL_COLUMNS;
  }

  /** Exit status; -1 when it does not end. */
  private static int ended(Process process) {
    try {
      if (process.waitFor(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
        return process.exitValue();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly();
    return -1;
  }
}
