package dev.usher.sidecar.cli.demo;

/**
 * Watches from samples whether one class gets its assured share.
 *
 * <p>A class is <em>short</em> while requests of it wait although it holds fewer tokens than its
 * rate. Nothing is pre-empted, so a class that comes back may be short until those who borrowed are
 * done, but never longer than the slowest request takes: after that every token has come back once
 * and was the class's to take. It got its share if it had demand and was never short for longer.
 */
final class ShareWatch {
  private final long graceNanos;
  private final long blindNanos;
  private boolean begun;
  private boolean hadDemand;
  private boolean isShort;
  private long lastNanos;
  private long shortSinceNanos;
  private long longestShortNanos;
  private double heldNanos;
  private long watchedNanos;
  private int lastHeld;

  /**
   * @param graceNanos how long it may be short: the slowest request
   * @param blindNanos samples further apart than this say nothing of the time between them
   */
  ShareWatch(long graceNanos, long blindNanos) {
    this.graceNanos = graceNanos;
    this.blindNanos = blindNanos;
  }

  /** Takes what one view shows; {@code nowNanos} never goes back. */
  void sample(long nowNanos, int held, int waiting, int rate) {
    boolean nowShort = waiting > 0 && held < rate;
    long gap = begun ? nowNanos - lastNanos : 0;
    if (gap <= blindNanos) {
      watchedNanos += gap;
      heldNanos += (double) gap * lastHeld;
    }
    if (nowShort && (!isShort || gap > blindNanos)) {
      shortSinceNanos = nowNanos;
    }
    if (nowShort) {
      longestShortNanos = Math.max(longestShortNanos, nowNanos - shortSinceNanos);
    }
    begun = true;
    hadDemand |= held > 0 || waiting > 0;
    isShort = nowShort;
    lastHeld = held;
    lastNanos = nowNanos;
  }

  /** How long it was short at a stretch, as far as the samples show. */
  long longestShortNanos() {
    return longestShortNanos;
  }

  /** Tokens held, averaged over the time that was watched. */
  double meanHeld() {
    return watchedNanos == 0 ? lastHeld : heldNanos / watchedNanos;
  }

  Verdict verdict() {
    if (!hadDemand) {
      return Verdict.NO_DEMAND;
    }
    return longestShortNanos <= graceNanos ? Verdict.ASSURED : Verdict.SHORT;
  }

  /** Whether a class got its assured share. */
  enum Verdict {
    ASSURED("yes"),
    SHORT("NO"),
    NO_DEMAND("NO DEMAND");

    private final String text;

    Verdict(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }
  }
}
