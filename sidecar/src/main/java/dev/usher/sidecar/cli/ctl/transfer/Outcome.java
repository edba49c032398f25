package dev.usher.sidecar.cli.ctl.transfer;

/** What an import did with a director. */
public enum Outcome {
  CREATED("created", "would create"),
  CHANGED("changed", "would change"),
  UNCHANGED("unchanged", "unchanged"),
  REMOVED("removed", "would remove"),
  /** Not in the file, and not removed because something failed before. */
  KEPT("kept", "kept"),
  FAILED("failed", "failed"),
  /** Its turn did not come. */
  SKIPPED("skipped", "skipped");

  private final String text;
  private final String dryText;

  Outcome(String text, String dryText) {
    this.text = text;
    this.dryText = dryText;
  }

  String text(boolean dryRun) {
    return dryRun ? dryText : text;
  }
}
