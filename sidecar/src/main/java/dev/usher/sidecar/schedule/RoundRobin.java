package dev.usher.sidecar.schedule;

import dev.usher.sidecar.backend.Backend;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One after the other. The turn is kept as the backend that had it last, so that those that are
 * down or full are passed over without giving their neighbour two turns.
 */
final class RoundRobin implements Scheduler {
  private int lastIndex = -1;

  @Override
  public @Nullable Backend choose(List<Backend> backends, Predicate<Backend> eligible) {
    int size = backends.size();
    for (int step = 1; step <= size; step++) {
      int index = (lastIndex + step) % size;
      Backend backend = backends.get(index);
      if (eligible.test(backend)) {
        lastIndex = index;
        return backend;
      }
    }
    return null;
  }
}
