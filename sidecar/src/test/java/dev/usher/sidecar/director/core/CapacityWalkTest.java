package dev.usher.sidecar.director.core;

import org.junit.jupiter.api.Test;

/**
 * A long walk in which the shaper's capacity is the sum of what the backends take, at each step.
 */
class CapacityWalkTest {
  private static final int CHANGES = Integer.getInteger("usher.changes", 100_000);

  @Test
  void the_capacity_is_the_recomputed_sum_after_each_of_100_000_changes() {
    new CapacityWalk(Long.getLong("usher.seed", 4L)).run(CHANGES);
  }
}
