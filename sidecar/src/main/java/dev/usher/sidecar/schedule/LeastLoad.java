package dev.usher.sidecar.schedule;

import dev.usher.sidecar.backend.Backend;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The smallest load in proportion to capacity; among equals, one after the other. */
final class LeastLoad implements Scheduler {
  private int lastIndex = -1;

  @Override
  public @Nullable Backend choose(List<Backend> backends, Predicate<Backend> eligible) {
    int size = backends.size();
    Backend best = null;
    int bestIndex = -1;
    for (int step = 1; step <= size; step++) {
      int index = (lastIndex + step) % size;
      Backend backend = backends.get(index);
      if (eligible.test(backend) && (best == null || isLighter(backend, best))) {
        best = backend;
        bestIndex = index;
      }
    }
    if (best != null) {
      lastIndex = bestIndex;
    }
    return best;
  }

  private static boolean isLighter(Backend a, Backend b) {
    return (long) a.inFlight() * b.capacity() < (long) b.inFlight() * a.capacity();
  }
}
