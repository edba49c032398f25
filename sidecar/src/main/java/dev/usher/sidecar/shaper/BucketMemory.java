package dev.usher.sidecar.shaper;

import java.util.List;

/**
 * What is remembered of a bucket's own requests over a restart.
 *
 * @param stats counters; how long requests waited is not remembered
 * @param history requests granted in each of the last 60 seconds, the current one last
 */
public record BucketMemory(BucketView.Stats stats, List<Integer> history) {
  public BucketMemory {
    history = List.copyOf(history);
  }
}
