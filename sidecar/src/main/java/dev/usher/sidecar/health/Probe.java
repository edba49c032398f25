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
  Pending probe(Target target, HealthCheckSpec how, Consumer<Result> done);

  /** A probe that has been asked for. */
  @FunctionalInterface
  interface Pending {
    /**
     * Nobody wants to know any more: what is open is closed, and who asked is told soon, if he was
     * not told before. Never blocks. [any]
     */
    void cancel();
  }

  /**
   * What a probe found.
   *
   * @param cause why, for people to read
   */
  record Result(boolean good, String cause) {}
}
