package dev.usher.sidecar.health.outlier;

import java.util.Arrays;

/** How the requests of the last {@value #STEPS} steps of a window ended. [S] */
final class RequestWindow {
  static final int STEPS = 10;

  private final int[] failures = new int[STEPS];
  private final int[] answers = new int[STEPS];
  private final long[] answerNanos = new long[STEPS];
  private long stepNanos;
  private long step;

  RequestWindow(long lengthNanos, long nowNanos) {
    stepNanos = lengthNanos / STEPS;
    step = Math.floorDiv(nowNanos, stepNanos);
  }

  /** Another length: nothing of before is known. */
  void resize(long lengthNanos, long nowNanos) {
    if (stepNanos != lengthNanos / STEPS) {
      stepNanos = lengthNanos / STEPS;
      step = Math.floorDiv(nowNanos, stepNanos);
      clear();
    }
  }

  void clear() {
    Arrays.fill(failures, 0);
    Arrays.fill(answers, 0);
    Arrays.fill(answerNanos, 0);
  }

  void failed(long nowNanos) {
    advance(nowNanos);
    failures[slot()]++;
  }

  void answered(long latencyNanos, long nowNanos) {
    advance(nowNanos);
    answers[slot()]++;
    answerNanos[slot()] += latencyNanos;
  }

  int failures() {
    return Arrays.stream(failures).sum();
  }

  int answers() {
    return Arrays.stream(answers).sum();
  }

  /** The mean time to an answer; 0 without any. */
  long meanNanos() {
    int count = answers();
    return count == 0 ? 0 : Arrays.stream(answerNanos).sum() / count;
  }

  /** The number of the step in which it was brought to the present last. */
  long step() {
    return step;
  }

  /** Brings it to the present. */
  void advance(long nowNanos) {
    long now = Math.floorDiv(nowNanos, stepNanos);
    for (long passed = Math.max(step, now - STEPS) + 1; passed <= now; passed++) {
      int slot = (int) Math.floorMod(passed, (long) STEPS);
      failures[slot] = 0;
      answers[slot] = 0;
      answerNanos[slot] = 0;
    }
    step = now;
  }

  private int slot() {
    return (int) Math.floorMod(step, (long) STEPS);
  }
}
