package dev.usher.sidecar.admin.view;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.sidecar.backend.BackendSpec;
import dev.usher.sidecar.config.SpecWriter;
import dev.usher.sidecar.config.override.Overrides;
import dev.usher.sidecar.director.change.Definition;
import dev.usher.sidecar.director.change.Origin;
import dev.usher.sidecar.director.view.BackendView;
import dev.usher.sidecar.director.view.DirectorView;
import dev.usher.sidecar.director.view.OnDemandView;
import dev.usher.sidecar.health.HealthView;
import dev.usher.sidecar.health.outlier.OutlierView;
import dev.usher.sidecar.shaper.BucketSpec;
import dev.usher.sidecar.shaper.BucketView;
import dev.usher.sidecar.stats.Level;
import dev.usher.sidecar.stats.RatePerSecond;
import dev.usher.sidecar.stats.Retries;
import dev.usher.sidecar.stats.Wait;
import dev.usher.sidecar.time.Clock;
import dev.usher.unit.Durations;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Specification and state of one moment as JSON: settings as in YAML, then what happens. */
public final class Views {
  private static final String BUCKETS = "buckets";
  private static final String BACKENDS = "backends";

  private final Clock clock;

  public Views(Clock clock) {
    this.clock = clock;
  }

  public ObjectNode director(DirectorView view) {
    ObjectNode json = object();
    json.put("name", view.spec().name()).put("version", view.version()).put("mutable", true);
    if (view.definition().origin() instanceof Origin.OnDemand onDemand) {
      json.put("hostname", onDemand.endpoint().host()).put("port", onDemand.endpoint().port());
      json.put("templated", onDemand.templated());
    }
    json.setAll(SpecWriter.director(view.spec()));
    json.remove(BACKENDS);
    json.remove(BUCKETS);
    if (view.definition().origin() instanceof Origin.File) {
      json.set("overrides", overrides(view.definition()));
    }
    json.put("capacity", view.capacity());
    ObjectNode stats = json.putObject("stats");
    stats.set("load", level(view.load()));
    stats.set("queued", level(view.queued()));
    stats.put("dropped", view.dropped()).put("unknown-bucket", view.unknownBucket());
    putRetries(stats, view.retries());
    stats.put("deadline-exceeded", view.deadlineExceeded());
    json.set("requests-per-second", rate(view.requestsPerSecond()));
    json.set("shaper", bucket(view.shaper()));
    ArrayNode backends = json.putArray(BACKENDS);
    view.backends().forEach(backend -> backends.add(backend(backend)));
    return json;
  }

  /** The fields in which a director differs from the file; none when that does not have it. */
  public static ArrayNode overrides(Definition definition) {
    ArrayNode json = JsonNodeFactory.instance.arrayNode();
    if (definition.origin() instanceof Origin.File file) {
      Overrides.between(file.written(), definition.spec())
          .forEach(each -> json.add(Differences.json(each, "file", "in-force")));
    }
    return json;
  }

  public ObjectNode backend(BackendView view) {
    ObjectNode json = backend(view.spec());
    json.put("capacity-now", view.capacityNow());
    json.set("load", level(view.load()));
    json.set("health", health(view.health()));
    json.set("outlier", outlier(view.outlier()));
    json.set("requests-per-second", rate(view.requestsPerSecond()));
    return json;
  }

  /** A backend of which there is no state. */
  public ObjectNode backend(BackendSpec spec) {
    return object().put("name", spec.name()).setAll(SpecWriter.backend(spec));
  }

  public ObjectNode bucket(BucketView view) {
    ObjectNode json = bucket(view.spec());
    json.put("name", view.name());
    json.put("token-rate", view.rate()).put("token-ceil", view.ceil());
    json.put("actual", view.actual()).put("own", view.own()).put("overrate", view.overrate());
    json.put("queued", view.queued()).put("oversubscribed", view.oversubscribed());
    json.set("stats", stats(view.stats()));
    json.set("requests-per-second", rate(view.requestsPerSecond()));
    ArrayNode buckets = json.putArray(BUCKETS);
    view.buckets().forEach(child -> buckets.add(bucket(child)));
    return json;
  }

  /** A bucket of which there is no state, without what is below it. */
  public ObjectNode bucket(BucketSpec spec) {
    ObjectNode json = object().put("name", spec.name()).setAll(SpecWriter.bucket(spec));
    json.remove(BUCKETS);
    return json;
  }

  /** The directors from the template; null when there is no template. */
  public static ObjectNode onDemand(@Nullable OnDemandView view) {
    ObjectNode json = object().put("template", view != null);
    return view == null
        ? json
        : json.put("limit", view.limit())
            .put("idle", Durations.text(view.idle()))
            .put("directors", view.directors())
            .put("made", view.made())
            .put("let-go", view.letGo())
            .put("refused", view.refused());
  }

  private static ObjectNode stats(BucketView.Stats stats) {
    ObjectNode json =
        object()
            .put("granted", stats.granted())
            .put("borrowed", stats.borrowed())
            .put("queued", stats.queued())
            .put("timed-out", stats.timedOut())
            .put("cancelled", stats.cancelled())
            .put("rejected", stats.rejected());
    putRetries(json, stats.retries());
    json.set("assured-wait", wait(stats.assuredWait()));
    json.set("loan-wait", wait(stats.loanWait()));
    return json;
  }

  private static void putRetries(ObjectNode json, Retries retries) {
    json.put("retries", retries.made()).put("retry-budget-exhausted", retries.refused());
  }

  private static ObjectNode wait(Wait wait) {
    return object()
        .put("count", wait.count())
        .put("p50-ms", millis(wait.p50Nanos()))
        .put("p99-ms", millis(wait.p99Nanos()))
        .put("max-ms", millis(wait.maxNanos()))
        .put("total-ms", millis(wait.totalNanos()));
  }

  /** With microseconds: waits are often shorter than a millisecond. */
  private static double millis(long nanos) {
    return Math.round(nanos / 1e3) / 1e3;
  }

  private static ObjectNode level(Level level) {
    return object()
        .put("current", level.current())
        .put("max", level.max())
        .put("total", level.total());
  }

  private ObjectNode health(HealthView health) {
    return object()
        .put("mode", health.mode().name().toLowerCase(Locale.ROOT))
        .put("state", health.state().name().toLowerCase(Locale.ROOT))
        .put("since-ms", Math.max(0, clock.epochMillis() - health.sinceEpochMillis()))
        .put("cause", health.cause())
        .put("failures-in-row", health.failuresInRow());
  }

  private ObjectNode outlier(OutlierView outlier) {
    ObjectNode json =
        object()
            .put("state", outlier.state().name().toLowerCase(Locale.ROOT))
            .put("ejections", outlier.ejections());
    if (outlier.state() == OutlierView.State.OUT) {
      json.put("for-ms", Math.max(0, outlier.untilEpochMillis() - clock.epochMillis()));
    }
    return outlier.cause().isEmpty() ? json : json.put("cause", outlier.cause());
  }

  private static ObjectNode rate(RatePerSecond rate) {
    ObjectNode json = object();
    json.put("current", rate.current());
    json.put("average", Math.round(rate.average() * 10) / 10.0);
    json.put("max", rate.max());
    ArrayNode history = json.putArray("history");
    rate.history().forEach(history::add);
    return json;
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
