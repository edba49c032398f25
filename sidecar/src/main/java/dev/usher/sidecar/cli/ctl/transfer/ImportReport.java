package dev.usher.sidecar.cli.ctl.transfer;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Says what happens while it happens, so that it is known when the rest does not. */
public final class ImportReport {
  private final PrintStream out;
  private final PrintWriter err;
  private final boolean dryRun;
  private final Map<Outcome, Integer> counts = new EnumMap<>(Outcome.class);
  private boolean stopped;

  /**
   * @param err gets the complaints, each behind {@code usher ctl: }
   * @param dryRun whether nothing is done but said
   */
  public ImportReport(PrintStream out, PrintWriter err, boolean dryRun) {
    this.out = out;
    this.err = err;
    this.dryRun = dryRun;
  }

  void add(Outcome outcome, String director) {
    counts.merge(outcome, 1, Integer::sum);
    out.println(outcome.text(dryRun) + " " + director);
    out.flush();
  }

  void failed(String director, List<String> complaints) {
    add(Outcome.FAILED, director);
    complaints.forEach(complaint -> complain(director + ": " + complaint));
  }

  /**
   * Nothing more can be done.
   *
   * @param left what was not done; the first of them is what failed
   */
  void stopped(List<String> left, List<String> complaints) {
    stopped = true;
    complaints.forEach(this::complain);
    for (int index = 0; index < left.size(); index++) {
      add(index == 0 ? Outcome.FAILED : Outcome.SKIPPED, left.get(index));
    }
  }

  private void complain(String complaint) {
    err.println("usher ctl: " + complaint);
    err.flush();
  }

  /** Whether everything was done that was asked for. */
  public boolean isFine() {
    return !stopped && !counts.containsKey(Outcome.FAILED);
  }

  /** How many of each, in one line. */
  void end() {
    String sums =
        counts.entrySet().stream()
            .map(entry -> entry.getKey().text(dryRun) + " " + entry.getValue())
            .collect(Collectors.joining(", "));
    out.println("directors: " + (sums.isEmpty() ? "none" : sums));
    out.flush();
  }
}
