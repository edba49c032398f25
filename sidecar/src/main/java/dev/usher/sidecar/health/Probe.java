package dev.usher.sidecar.health;

import dev.usher.sidecar.backend.Target;
import java.time.Duration;
import java.util.function.Consumer;

/** Asks a backend whether it is there. */
public interface Probe {
  /**
   * Probes {@code target} without blocking and tells {@code done} once, on any thread, within about
   * {@code timeout}: true when it answered.
   */
  void probe(Target target, Duration timeout, Consumer<Boolean> done);
}
