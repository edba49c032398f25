package dev.usher.sidecar.health;

import dev.usher.sidecar.backend.Target;
import dev.usher.sidecar.backend.check.HealthCheckSpec;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Whose last probe took long. Who is not known is taken for quick. [any] */
final class SlowTargets {
  /** Most that are remembered; with one more all are learned anew. */
  static final int MOST = 10_000;

  /** Whoever takes longer than this is slow, however long his timeout is. */
  static final Duration LONG = Duration.ofMillis(500);

  private final Set<Target> targets = ConcurrentHashMap.newKeySet();

  boolean contains(Target target) {
    return targets.contains(target);
  }

  /** Half a timeout is long too: timeouts may be short. */
  void learn(Target target, HealthCheckSpec how, long tookNanos) {
    if (tookNanos < Math.min(LONG.toNanos(), how.timeout().toNanos() / 2)) {
      targets.remove(target);
      return;
    }
    if (targets.size() >= MOST) {
      targets.clear();
    }
    targets.add(target);
  }
}
