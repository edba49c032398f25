package dev.usher.sidecar.config;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.sidecar.backend.BackendSpec;
import dev.usher.sidecar.backend.Disabled;
import dev.usher.sidecar.config.document.Scalars;
import dev.usher.sidecar.director.spec.DirectorSpec;
import dev.usher.sidecar.director.spec.DirectorSpec.Settings;
import dev.usher.sidecar.director.spec.RetrySpec;
import dev.usher.sidecar.director.spec.Timeouts;
import dev.usher.sidecar.health.outlier.OutlierSpec;
import dev.usher.sidecar.shaper.BucketSpec;
import dev.usher.unit.Durations;
import dev.usher.unit.Sizes;
import java.util.List;

/**
 * Writes a director, backend or bucket as {@link SpecReader} reads it, defaults included; the name
 * is the key it stands under and not in it. Durations have milliseconds. [any]
 */
public final class SpecWriter {
  private SpecWriter() {}

  public static ObjectNode director(DirectorSpec spec) {
    ObjectNode json = settings(spec.settings());
    ObjectNode backends = json.putObject("backends");
    spec.backends().forEach(backend -> backends.set(backend.name(), backend(backend)));
    json.set("buckets", buckets(spec.buckets()));
    return json;
  }

  /** The same as JSON text, for who has no Jackson. */
  public static String directorText(DirectorSpec spec) {
    return director(spec).toString();
  }

  /** With {@code health-check} only where it says something, and in it only that. */
  public static ObjectNode backend(BackendSpec spec) {
    ObjectNode json =
        object()
            .put("url", spec.url().url())
            .put("capacity", spec.capacity())
            .put("role", Scalars.kebab(spec.role()))
            .put("enabled", spec.enabled());
    Disabled disabled = spec.disabled();
    if (disabled != null) {
      json.putObject("disabled")
          .put("reason", disabled.reason())
          .put("at", disabled.at().toString());
    }
    if (!spec.healthCheck().isNone()) {
      json.set("health-check", HealthCheckWriter.override(spec.healthCheck()));
    }
    return json;
  }

  /** The bucket and all below it; {@code weight} and {@code buckets} only where there are any. */
  public static ObjectNode bucket(BucketSpec spec) {
    ObjectNode json =
        object()
            .put("rate", spec.rate().toString())
            .put("ceil", spec.ceil().toString())
            .put("priority", spec.priority())
            .put("lend", spec.lend().toString())
            .put("cost", spec.cost());
    if (spec.weight() != BucketSpec.DEFAULT_WEIGHT) {
      json.put("weight", spec.weight());
    }
    if (!spec.buckets().isEmpty()) {
      json.set("buckets", buckets(spec.buckets()));
    }
    return json;
  }

  private static ObjectNode buckets(List<BucketSpec> specs) {
    ObjectNode json = object();
    specs.forEach(spec -> json.set(spec.name(), bucket(spec)));
    return json;
  }

  /**
   * {@code first-byte-timeout}, {@code request-timeout} and {@code retry-…} only where they are not
   * the default, as {@code weight}: kept definitions stay what they were.
   */
  private static ObjectNode settings(Settings settings) {
    Timeouts timeouts = settings.timeouts();
    ObjectNode json =
        object()
            .put("enabled", settings.enabled())
            .put("scheduler", Scalars.kebab(settings.scheduler()))
            .put("queue-limit", settings.queueLimit())
            .put("queue-timeout", Durations.text(timeouts.queue()))
            .put("retry-after", Durations.text(settings.retryAfter()))
            .put("max-retry-count", settings.maxRetryCount())
            .put("enqueue-on-unavailable", settings.enqueueOnUnavailable())
            .put("sticky-offline-mode", settings.stickyOfflineMode())
            .put("on-client-abort", Scalars.kebab(settings.onClientAbort()))
            .put("connect-timeout", Durations.text(timeouts.connect()))
            .put("read-timeout", Durations.text(timeouts.read()))
            .put("write-timeout", Durations.text(timeouts.write()))
            .put("client-timeout", Durations.text(timeouts.client()))
            .put("slow-start", Durations.text(settings.slowStart()))
            .put("response-tags", settings.responseTags())
            .put("forward-tag", settings.forwardTag());
    if (timeouts.firstByte() != null) {
      json.put("first-byte-timeout", Durations.text(timeouts.firstByte()));
    }
    if (timeouts.limitsRequests()) {
      json.put("request-timeout", Durations.text(timeouts.request()));
    }
    retry(settings.retry(), json);
    json.set("health-check", HealthCheckWriter.whole(settings.healthCheck()));
    json.set("outliers", outliers(settings.outliers()));
    return json;
  }

  private static void retry(RetrySpec spec, ObjectNode json) {
    RetrySpec usual = RetrySpec.DEFAULT;
    if (!spec.on().equals(usual.on())) {
      ArrayNode on = json.putArray("retry-on");
      spec.on().forEach(cause -> on.add(cause.text()));
    }
    if (!spec.budget().equals(usual.budget())) {
      json.put("retry-budget", spec.budget().toString());
    }
    if (spec.budgetMin() != usual.budgetMin()) {
      json.put("retry-budget-min", spec.budgetMin());
    }
    if (spec.bufferBytes() != usual.bufferBytes()) {
      json.put("retry-buffer", Sizes.text(spec.bufferBytes()));
    }
    if (spec.nonIdempotent() != usual.nonIdempotent()) {
      json.put("retry-non-idempotent", spec.nonIdempotent());
    }
  }

  private static ObjectNode outliers(OutlierSpec spec) {
    return object()
        .put("enabled", spec.enabled())
        .put("consecutive-failures", spec.consecutiveFailures())
        .put("failure-rate", spec.failureRate().toString())
        .put("latency-factor", spec.latencyFactor())
        .put("min-requests", spec.minRequests())
        .put("window", Durations.text(spec.window()))
        .put("ejection-time", Durations.text(spec.ejectionTime()))
        .put("max-ejection-time", Durations.text(spec.maxEjectionTime()))
        .put("min-capacity", spec.minCapacity().toString());
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
