package dev.usher.sidecar.director.change;

import dev.usher.sidecar.health.HealthState;
import dev.usher.sidecar.shaper.BucketMemory;
import dev.usher.sidecar.stats.Level;
import dev.usher.sidecar.stats.Retries;
import java.util.List;
import java.util.Map;

/**
 * What a director remembers over a restart beside its definition. What is in flight or waits is
 * not: it ends with the process.
 *
 * @param epochMillis when this was so
 * @param retries what became of failed attempts
 * @param deadlineExceeded requests that ended at their deadline, in the queue or at a backend
 * @param history requests in each of the 60 seconds up to {@code epochMillis}, oldest first
 * @param backends by name
 * @param buckets by name, the root's included
 */
public record Memory(
    long epochMillis,
    Level load,
    Level queued,
    long dropped,
    long unknownBucket,
    Retries retries,
    long deadlineExceeded,
    List<Integer> history,
    Map<String, OfBackend> backends,
    Map<String, BucketMemory> buckets) {

  public Memory {
    history = List.copyOf(history);
    backends = Map.copyOf(backends);
    buckets = Map.copyOf(buckets);
  }

  /**
   * What is remembered of a backend.
   *
   * @param state online or offline
   * @param sinceEpochMillis when it came into this state
   * @param history requests in each of the 60 seconds up to {@code epochMillis}, oldest first
   */
  public record OfBackend(
      Level load, HealthState state, long sinceEpochMillis, List<Integer> history) {
    public OfBackend {
      history = List.copyOf(history);
    }
  }
}
