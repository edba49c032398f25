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
   * that says another one than before, or where nothing is disabled in force.
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
    BackendSpec file = find(backend, writtenNow);
    BackendSpec before = writtenBefore == null ? file : find(backend, writtenBefore);
    BackendSpec now = find(backend, inForce);
    boolean ofRuntime =
        now != null && !now.enabled() && Objects.equals(reason(before), reason(file));
    return reason(ofRuntime ? now : file);
  }

  private static @Nullable Disabled reason(@Nullable BackendSpec backend) {
    return backend == null ? null : backend.disabled();
  }

  private static @Nullable BackendSpec find(BackendSpec backend, DirectorSpec spec) {
    for (BackendSpec each : spec.backends()) {
      if (each.name().equals(backend.name())) {
        return each;
      }
    }
    return null;
  }
}
