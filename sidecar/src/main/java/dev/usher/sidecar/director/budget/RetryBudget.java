package dev.usher.sidecar.director.budget;

import dev.usher.sidecar.director.spec.RetrySpec;
import dev.usher.unit.Share;
import java.util.Arrays;

/**
 * Counts a bucket's requests and retries of the last {@value #SECONDS} seconds, whole ones of the
 * clock and the one that runs. A retry is let in while those of the window stay within their share
 * of the window's requests, or within the least number of the second that runs. A retry is in each
 * window in which its requests are, until they leave: so the share holds for any span of time, too.
 * [S]
 */
final class RetryBudget {
  static final int SECONDS = 10;
  private static final long SECOND_NANOS = 1_000_000_000L;

  private final int[] requests = new int[SECONDS];
  private final int[] retries = new int[SECONDS];
  private long requestsInWindow;
  private long retriesInWindow;
  private long second;

  RetryBudget(long nowNanos) {
    second = Math.floorDiv(nowNanos, SECOND_NANOS);
  }

  /** A request has come and was not turned away. */
  void onRequest(long nowNanos) {
    requests[cell(nowNanos)]++;
    requestsInWindow++;
  }

  /** Whether one more retry is let in; counts it if so. */
  boolean tryRetry(RetrySpec spec, long nowNanos) {
    int cell = cell(nowNanos);
    boolean within =
        (retriesInWindow + 1) * Share.Percent.MICROS_OF_ALL
            <= requestsInWindow * spec.budget().micros();
    if (!within && retries[cell] >= spec.budgetMin()) {
      return false;
    }
    retries[cell]++;
    retriesInWindow++;
    return true;
  }

  /** The cell of the second that runs; those of the seconds that have begun since are emptied. */
  private int cell(long nowNanos) {
    long now = Math.floorDiv(nowNanos, SECOND_NANOS);
    if (now - second >= SECONDS) {
      Arrays.fill(requests, 0);
      Arrays.fill(retries, 0);
      requestsInWindow = 0;
      retriesInWindow = 0;
    } else {
      for (long passed = second + 1; passed <= now; passed++) {
        empty((int) Math.floorMod(passed, (long) SECONDS));
      }
    }
    second = now;
    return (int) Math.floorMod(now, (long) SECONDS);
  }

  private void empty(int cell) {
    requestsInWindow -= requests[cell];
    retriesInWindow -= retries[cell];
    requests[cell] = 0;
    retries[cell] = 0;
  }
}
