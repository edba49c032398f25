package dev.usher.sidecar.cli.demo;

/**
 * Watches from samples whether one class gets its assured share.
 *
 * <p>A class is <em>short</em> while requests of it wait although it holds fewer tokens than its
 * rate. Nothing is pre-empted, so a class that comes back may be short until those who borrowed are
 * done, but never longer than the slowest request takes: after that every token has come back once
 * and was the class's to take. It got its share if it was never short for longer, and it really had
 * demand: at least a quarter of the time in which it had clients, requests of it waited or it held
 * its rate.
 */
final class ShareWatch {
  /** Demand in this part of the time shows enough; a busy machine may not manage more. */
  private static final int ENOUGH = 4;

  private final long graceNanos;
  private final long blindNanos;
  private boolean begun;
  private boolean busy;
  private boolean pressed;
  private boolean isShort;
  private long lastNanos;
  private long shortSinceNanos;
  private long longestShortNanos;
  private double heldNanos;
  private long watchedNanos;
  private long busyNanos;
  private long pressedNanos;
  private int lastHeld;

  /**
   * @param graceNanos how long it may be short: the slowest request
   * @param blindNanos samples further apart than this say nothing of the time between them
   */
  ShareWatch(long graceNanos, long blindNanos) {
    this.graceNanos = graceNanos;
    this.blindNanos = blindNanos;
  }

  /**
   * Takes what one view shows.
   *
   * @param nowNanos never goes back
   * @param nowBusy whether the class has clients now that want more than its rate
   */
  void sample(long nowNanos, boolean nowBusy, int held, int waiting, int rate) {
    boolean nowShort = waiting > 0 && held < rate;
    long gap = begun ? nowNanos - lastNanos : 0;
    if (gap <= blindNanos) {
      watchedNanos += gap;
      heldNanos += (double) gap * lastHeld;
      busyNanos += busy ? gap : 0;
      pressedNanos += busy && pressed ? gap : 0;
    }
    if (nowShort && (!isShort || gap > blindNanos)) {
      shortSinceNanos = nowNanos;
    }
    if (nowShort) {
      longestShortNanos = Math.max(longestShortNanos, nowNanos - shortSinceNanos);
    }
    begun = true;
    busy = nowBusy;
    pressed = waiting > 0 || held >= rate;
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
    if (pressedNanos == 0 || pressedNanos < busyNanos / ENOUGH) {
      return Verdict.NO_DEMAND;
    }
    return longestShortNanos <= graceNanos ? Verdict.ASSURED : Verdict.SHORT;
  }

  /** Whether a class got its assured share. */
  enum Verdict {
    ASSURED("yes"),
    SHORT("NO"),
    NO_DEMAND("IDLE");

    private final String text;

    Verdict(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }
  }
}
