package dev.usher.sidecar.config.override;

import dev.usher.sidecar.backend.BackendSpec;
import dev.usher.sidecar.backend.Disabled;
import dev.usher.sidecar.director.spec.DirectorSpec;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Why backends are disabled. That is no field which file and runtime could override by itself: it
 * says something of {@code enabled}, and follows it.
 */
final class Reasons {
  private Reasons() {}

  /** The key under which it stands. */
  static final String KEY = "disabled";

  /**
   * {@code merged} with the reasons in force where backends are disabled; with the file's, where
   * that says another one than before, or where there is none in force.
   */
  static DirectorSpec restore(
      DirectorSpec merged,
      @Nullable DirectorSpec writtenBefore,
      DirectorSpec inForce,
      DirectorSpec writtenNow) {
    List<BackendSpec> backends =
        merged.backends().stream()
            .map(backend -> with(backend, reason(backend, writtenBefore, inForce, writtenNow)))
            .toList();
    return backends.equals(merged.backends()) ? merged : merged.withBackends(backends);
  }

  private static BackendSpec with(BackendSpec backend, @Nullable Disabled reason) {
    return backend.enabled() || reason == null ? backend : backend.withDisabled(reason);
  }

  private static @Nullable Disabled reason(
      BackendSpec backend,
      @Nullable DirectorSpec writtenBefore,
      DirectorSpec inForce,
      DirectorSpec writtenNow) {
    Disabled file = of(backend, writtenNow);
    boolean changed = writtenBefore != null && !Objects.equals(of(backend, writtenBefore), file);
    Disabled now = of(backend, inForce);
    return changed || now == null ? file : now;
  }

  private static @Nullable Disabled of(BackendSpec backend, DirectorSpec spec) {
    for (BackendSpec each : spec.backends()) {
      if (each.name().equals(backend.name())) {
        return each.disabled();
      }
    }
    return null;
  }
}
