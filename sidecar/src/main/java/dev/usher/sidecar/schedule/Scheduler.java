package dev.usher.sidecar.schedule;

import dev.usher.sidecar.backend.Backend;
import dev.usher.sidecar.time.Dice;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Chooses a backend. [S] */
public interface Scheduler {

  /**
   * Picks one of {@code backends} that {@code eligible} accepts; null when there is none.
   *
   * @param backends all of the director, in their configured order
   */
  @Nullable Backend choose(List<Backend> backends, Predicate<Backend> eligible);

  static Scheduler of(Scheduling kind, Dice dice) {
    return switch (kind) {
      case ROUND_ROBIN -> new RoundRobin();
      case CHANCE -> new Chance(dice);
      case LEAST_LOAD -> new LeastLoad();
    };
  }
}
