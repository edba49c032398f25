package dev.usher.sidecar.schedule;

import dev.usher.sidecar.backend.Backend;
import dev.usher.sidecar.time.Dice;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** At random, each eligible backend as likely as the others. */
final class Chance implements Scheduler {
  private final Dice dice;

  Chance(Dice dice) {
    this.dice = dice;
  }

  @Override
  public @Nullable Backend choose(List<Backend> backends, Predicate<Backend> eligible) {
    int count = 0;
    for (Backend backend : backends) {
      if (eligible.test(backend)) {
        count++;
      }
    }
    if (count == 0) {
      return null;
    }
    int skip = dice.below(count);
    for (Backend backend : backends) {
      if (eligible.test(backend) && skip-- == 0) {
        return backend;
      }
    }
    throw new IllegalStateException("chance: the dice fell outside 0.." + (count - 1));
  }
}
