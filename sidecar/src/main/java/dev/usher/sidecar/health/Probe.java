package dev.usher.sidecar.health;

import dev.usher.sidecar.backend.Target;
import java.time.Duration;
import java.util.function.Consumer;

/** Asks a backend whether it is there. [any] */
public interface Probe {
  /**
   * Probes {@code target} without blocking.
   *
   * @param timeout after which the answer is no
   * @param done told exactly once, on any thread; must not block
   */
  void probe(Target target, Duration timeout, Consumer<Boolean> done);
}
