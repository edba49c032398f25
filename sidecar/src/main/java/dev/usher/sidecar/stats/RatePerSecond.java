package dev.usher.sidecar.stats;

import java.util.Collections;
import java.util.List;

/**
 * Requests per second over the last 60 whole seconds.
 *
 * @param current the last whole second
 * @param average over the 60
 * @param max of the 60
 * @param history 60 numbers, oldest first
 */
public record RatePerSecond(int current, double average, int max, List<Integer> history) {
  /** Nothing happened. */
  public static final RatePerSecond NONE = new RatePerSecond(0, 0, 0, Collections.nCopies(60, 0));
}
