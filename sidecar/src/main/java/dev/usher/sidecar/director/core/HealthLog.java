package dev.usher.sidecar.director.core;

import dev.usher.sidecar.health.HealthState;

/** Writes down how backends fare, for people to read. [any] thread that lets a strand go. */
@FunctionalInterface
public interface HealthLog {
  /** The state of {@code backend} has changed. Must not block. */
  void onChange(String director, String backend, HealthState now, String cause);

  /**
   * {@code backend} was taken out as an outlier, or is in again. Must not block.
   *
   * @param what for people to read
   */
  default void onOutlier(String director, String backend, String what) {}
}
