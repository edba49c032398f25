package dev.usher.sidecar.director.core;

import dev.usher.sidecar.director.spec.RetrySpec;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** The retry budget in the simplest way: all that ever happened, counted anew for each question. */
final class ModelRetries {
  private record Event(String bucket, long second, boolean isRetry) {}

  private final List<Event> events = new ArrayList<>();

  void addRequest(String bucket, long nowNanos) {
    events.add(new Event(bucket, second(nowNanos), false));
  }

  void add(String bucket, long nowNanos) {
    events.add(new Event(bucket, second(nowNanos), true));
  }

  boolean may(String bucket, RetrySpec spec, long nowNanos) {
    long now = second(nowNanos);
    long inWindow = count(bucket, true, now - 9) + 1;
    long most = count(bucket, false, now - 9) * spec.budget().micros() / 100_000_000;
    return inWindow <= most || count(bucket, true, now) < spec.budgetMin();
  }

  private long count(String bucket, boolean isRetry, long fromSecond) {
    return events.stream()
        .filter(event -> event.isRetry == isRetry && event.second >= fromSecond)
        .filter(event -> event.bucket.equals(bucket))
        .count();
  }

  void keepOnly(Predicate<String> isThere) {
    events.removeIf(event -> !isThere.test(event.bucket));
  }

  private static long second(long nowNanos) {
    return nowNanos / 1_000_000_000;
  }
}
