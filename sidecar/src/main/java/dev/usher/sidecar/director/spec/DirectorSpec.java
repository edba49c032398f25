package dev.usher.sidecar.director.spec;

import dev.usher.sidecar.backend.BackendSpec;
import dev.usher.sidecar.backend.Disabled;
import dev.usher.sidecar.backend.check.HealthCheckSpec;
import dev.usher.sidecar.health.outlier.OutlierSpec;
import dev.usher.sidecar.schedule.Scheduling;
import dev.usher.sidecar.shaper.BucketSpec;
import dev.usher.unit.IntRange;
import java.time.Duration;
import java.util.List;

/**
 * A director as it is configured: the whole of it, so that a change is applied whole or not at all.
 *
 * @param settings everything but backends and buckets
 * @param backends names unique, in the order in which they are written
 * @param buckets children of the root, names unique over the whole tree
 */
public record DirectorSpec(
    String name, Settings settings, List<BackendSpec> backends, List<BucketSpec> buckets) {

  public DirectorSpec {
    SpecRules.checkName(name);
    backends = List.copyOf(backends);
    buckets = List.copyOf(buckets);
    SpecRules.checkBackends(backends, settings.healthCheck());
    SpecRules.checkBuckets(buckets);
  }

  public DirectorSpec withSettings(Settings changed) {
    return new DirectorSpec(name, changed, backends, buckets);
  }

  public DirectorSpec withBackends(List<BackendSpec> changed) {
    return new DirectorSpec(name, settings, changed, buckets);
  }

  public boolean hasBackend(String backend) {
    return backends.stream().anyMatch(known -> known.name().equals(backend));
  }

  /** Without the backend of this name, if there is one. */
  public DirectorSpec withoutBackend(String backend) {
    return withBackends(backends.stream().filter(known -> !known.name().equals(backend)).toList());
  }

  /** With the backend of this name disabled, if there is one and it is enabled. */
  public DirectorSpec withBackendDisabled(String backend, Disabled why) {
    return withBackends(
        backends.stream()
            .map(
                known ->
                    known.name().equals(backend) && known.enabled()
                        ? known.withDisabled(why)
                        : known)
            .toList());
  }

  public DirectorSpec withBuckets(List<BucketSpec> changed) {
    return new DirectorSpec(name, settings, backends, changed);
  }

  /** What happens to a request at its backend when its client leaves. */
  public enum OnClientAbort {
    CLOSE,
    IGNORE
  }

  /**
   * A director's own settings.
   *
   * @param queueLimit most waiters, 0 to 1 000 000
   * @param retryAfter what a 503 tells the client, in whole seconds rounded up
   * @param maxRetryCount further backends tried after the first, 0 to 100
   * @param enqueueOnUnavailable whether requests wait while no backend is available
   * @param slowStart how long a backend that comes online again or is enabled takes to reach its
   *     capacity, from a tenth on; zero means at once
   * @param outliers which backends are taken out though they answer
   * @param responseTags whether answers carry X-Director-Cluster, -Backend and -Bucket
   * @param forwardTag whether the backend sees X-Director-Bucket
   */
  public record Settings(
      boolean enabled,
      Scheduling scheduler,
      int queueLimit,
      Duration retryAfter,
      int maxRetryCount,
      RetrySpec retry,
      boolean enqueueOnUnavailable,
      boolean stickyOfflineMode,
      OnClientAbort onClientAbort,
      Timeouts timeouts,
      Duration slowStart,
      OutlierSpec outliers,
      boolean responseTags,
      boolean forwardTag,
      HealthCheckSpec healthCheck) {
    public static final IntRange QUEUE_LIMIT = new IntRange(0, 1_000_000);
    public static final IntRange MAX_RETRY_COUNT = new IntRange(0, 100);

    public static final Settings DEFAULT =
        new Settings(
            true,
            Scheduling.LEAST_LOAD,
            1_000,
            Duration.ofSeconds(10),
            3,
            RetrySpec.DEFAULT,
            true,
            false,
            OnClientAbort.CLOSE,
            Timeouts.DEFAULT,
            Duration.ZERO,
            OutlierSpec.DEFAULT,
            true,
            false,
            HealthCheckSpec.DEFAULT);

    public Settings {
      QUEUE_LIMIT.check("queue-limit", queueLimit);
      MAX_RETRY_COUNT.check("max-retry-count", maxRetryCount);
    }

    /** Changes some of these. */
    public SettingsEditor edit() {
      return new SettingsEditor(this);
    }
  }
}
