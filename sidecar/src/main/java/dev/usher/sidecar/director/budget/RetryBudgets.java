package dev.usher.sidecar.director.budget;

import dev.usher.sidecar.director.spec.RetrySpec;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/** The budget of each bucket in which there were requests, by name. [S] */
public final class RetryBudgets {
  private final Map<String, RetryBudget> byBucket = new HashMap<>();

  /** A request has come into {@code bucket} and was not turned away. */
  public void onRequest(String bucket, long nowNanos) {
    of(bucket, nowNanos).onRequest(nowNanos);
  }

  /** Whether a request of {@code bucket} may go to one more backend; counts it if so. */
  public boolean tryRetry(String bucket, RetrySpec spec, long nowNanos) {
    return of(bucket, nowNanos).tryRetry(spec, nowNanos);
  }

  /** Keeps those of buckets that are still there. */
  public void keepOnly(Predicate<String> isThere) {
    byBucket.keySet().removeIf(isThere.negate());
  }

  private RetryBudget of(String bucket, long nowNanos) {
    RetryBudget known = byBucket.get(bucket);
    if (known == null) {
      known = new RetryBudget(nowNanos);
      byBucket.put(bucket, known);
    }
    return known;
  }
}
