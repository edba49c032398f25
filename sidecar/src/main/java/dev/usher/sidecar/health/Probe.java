package dev.usher.sidecar.health;

import dev.usher.sidecar.backend.Target;
import dev.usher.sidecar.backend.check.HealthCheckSpec;
import java.util.function.Consumer;

/** Asks a backend whether it is there. */
public interface Probe {
  /**
   * Probes {@code target} without blocking and tells {@code done} once, on any thread, within about
   * {@code how.timeout()}.
   */
  void probe(Target target, HealthCheckSpec how, Consumer<Result> done);

  /**
   * What a probe found.
   *
   * @param cause why, for people to read
   */
  record Result(boolean good, String cause) {}
}
