package dev.usher.sidecar.config.spec;

import dev.usher.sidecar.backend.BackendSpec;
import dev.usher.sidecar.backend.check.HealthCheckSpec;
import dev.usher.sidecar.config.document.Fields;
import dev.usher.sidecar.config.document.Items;
import dev.usher.sidecar.config.document.Scalars;
import dev.usher.sidecar.director.ondemand.BackendPattern;
import dev.usher.sidecar.director.ondemand.Template;
import dev.usher.sidecar.director.spec.DirectorSpec;
import dev.usher.sidecar.director.spec.DirectorSpec.Settings;
import dev.usher.sidecar.director.spec.RetryCause;
import dev.usher.sidecar.director.spec.Timeouts;
import dev.usher.sidecar.health.outlier.OutlierSpec;
import dev.usher.sidecar.shaper.BucketSpec;
import java.util.List;
import java.util.Set;

/** Reads a director: its settings, its backends, its buckets. */
public final class DirectorReader {
  private static final Settings DEFAULT = Settings.DEFAULT;
  private static final DirectorSpec SPARE =
      new DirectorSpec("spare", DEFAULT, List.of(), List.of());
  private static final Template SPARE_TEMPLATE = new Template(DEFAULT, List.of(), List.of());

  private DirectorReader() {}

  /** The director; made up in part when {@code fields} got new faults. */
  public static DirectorSpec read(String name, Fields fields) {
    Settings settings = settings(fields);
    HealthCheckSpec health = settings.healthCheck();
    List<BackendSpec> backends =
        List.copyOf(
            Items.named(fields, "backends", (each, in) -> BackendReader.read(each, in, health))
                .values());
    List<BucketSpec> buckets = new BucketReader().children(fields);
    fields.end();
    // What was made up for the sake of other faults may contradict itself.
    boolean whole = fields.faults().isEmpty();
    return fields.check(
        SPARE,
        () ->
            new DirectorSpec(
                name, settings, whole ? backends : List.of(), whole ? buckets : List.of()));
  }

  /** What requests make directors from; made up in part when {@code fields} got new faults. */
  public static Template template(Fields fields) {
    Settings settings = settings(fields);
    HealthCheckSpec health = settings.healthCheck();
    List<BackendPattern> backends =
        List.copyOf(
            Items.named(fields, "backends", (each, in) -> BackendReader.pattern(each, in, health))
                .values());
    List<BucketSpec> buckets = new BucketReader().children(fields);
    fields.end();
    return fields.faults().isEmpty()
        ? fields.build(SPARE_TEMPLATE, () -> new Template(settings, backends, buckets))
        : SPARE_TEMPLATE;
  }

  private static Settings settings(Fields fields) {
    HealthCheckSpec health = HealthCheckReader.read(fields.section("health-check"));
    OutlierSpec outliers = OutlierReader.read(fields.section("outliers"));
    readCache(fields.section("cache"));
    Set<RetryCause> causes = RetryReader.causes(fields);
    return fields.build(DEFAULT, () -> settings(fields, health, outliers, causes));
  }

  private static Settings settings(
      Fields fields, HealthCheckSpec health, OutlierSpec outliers, Set<RetryCause> retryCauses) {
    return new Settings(
        Scalars.flag(fields, "enabled", DEFAULT.enabled()),
        Scalars.choice(fields, "scheduler", DEFAULT.scheduler()),
        Scalars.integer(fields, "queue-limit", Settings.QUEUE_LIMIT, DEFAULT.queueLimit()),
        Scalars.duration(fields, "retry-after", DEFAULT.retryAfter()),
        Scalars.integer(
            fields, "max-retry-count", Settings.MAX_RETRY_COUNT, DEFAULT.maxRetryCount()),
        RetryReader.read(fields, retryCauses),
        Scalars.flag(fields, "enqueue-on-unavailable", DEFAULT.enqueueOnUnavailable()),
        Scalars.flag(fields, "sticky-offline-mode", DEFAULT.stickyOfflineMode()),
        Scalars.choice(fields, "on-client-abort", DEFAULT.onClientAbort()),
        timeouts(fields),
        Scalars.duration(fields, "slow-start", DEFAULT.slowStart()),
        outliers,
        Scalars.flag(fields, "response-tags", DEFAULT.responseTags()),
        Scalars.flag(fields, "forward-tag", DEFAULT.forwardTag()),
        health);
  }

  private static Timeouts timeouts(Fields fields) {
    Timeouts spare = DEFAULT.timeouts();
    return new Timeouts(
        Scalars.duration(fields, "queue-timeout", spare.queue()),
        Scalars.duration(fields, "connect-timeout", spare.connect()),
        Scalars.duration(fields, "write-timeout", spare.write()),
        fields.has("first-byte-timeout")
            ? Scalars.duration(fields, "first-byte-timeout", spare.untilFirstByte())
            : null,
        Scalars.duration(fields, "read-timeout", spare.read()),
        Scalars.duration(fields, "request-timeout", spare.request()),
        Scalars.duration(fields, "client-timeout", spare.client()));
  }

  private static void readCache(Fields cache) {
    if (Scalars.flag(cache, "enabled", false)) {
      cache.refuse("enabled", "false (the cache is not available in this version)", "'true'");
    }
    cache.end();
  }
}
