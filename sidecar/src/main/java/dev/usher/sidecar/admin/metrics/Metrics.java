package dev.usher.sidecar.admin.metrics;

import dev.usher.sidecar.admin.metrics.Family.Count;
import dev.usher.sidecar.admin.metrics.Family.Gauge;
import dev.usher.sidecar.admin.metrics.Family.Info;
import dev.usher.sidecar.director.Director;
import dev.usher.sidecar.director.Directors;
import dev.usher.sidecar.director.change.Keeper;
import dev.usher.sidecar.director.view.OnDemandView;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.MetricNameFilter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * All metrics, in the formats of Prometheus: text 0.0.4, or OpenMetrics for who asks for it. Read
 * at the moment of the scrape, without stopping anybody. [w]
 */
public final class Metrics {
  private static final List<Family<Keeper.Status>> STORE =
      List.of(
          new Gauge<>(
              "usher_store_up",
              "Whether the last change could be kept; 1 as well when nothing is kept.",
              status -> status.isWell() ? 1 : 0),
          new Count<>("usher_store_changes_kept", "Changes that were kept.", Keeper.Status::kept),
          new Count<>(
              "usher_store_changes_failed",
              "Changes that could not be kept.",
              Keeper.Status::failed));

  private static final List<Family<OnDemandView>> ON_DEMAND =
      List.of(
          new Gauge<>(
              "usher_on_demand_directors", "Directors from the template.", OnDemandView::directors),
          new Gauge<>(
              "usher_on_demand_limit_directors",
              "How many directors from the template there may be.",
              OnDemandView::limit),
          new Count<>(
              "usher_on_demand_made_directors",
              "Directors that were made from the template.",
              OnDemandView::made),
          new Count<>(
              "usher_on_demand_let_go_directors",
              "Directors from the template that were let go, being idle.",
              OnDemandView::letGo),
          new Count<>(
              "usher_on_demand_refused_requests",
              "Requests that found the limit reached.",
              OnDemandView::refused));

  private static final Family<String> BUILD =
      new Info<>("usher_build", "What runs.", version -> Labels.of("version", version));

  private final Directors directors;
  private final Supplier<Keeper.Status> keeping;
  private final PrometheusRegistry jvm = new PrometheusRegistry();
  private final ExpositionFormats formats = ExpositionFormats.init();

  public Metrics(Directors directors, Supplier<Keeper.Status> keeping) {
    this.directors = directors;
    this.keeping = keeping;
    JvmMetrics.builder().register(jvm);
  }

  /**
   * A scrape.
   *
   * @param contentType names the format
   */
  public record Text(String contentType, String text) {}

  /**
   * Reads everything.
   *
   * @param accept the scraper's Accept field; null for none
   * @param names of the metrics that are wanted; empty for all
   * @param onDemand whether directors from the template are wanted, each with all it has; there may
   *     be many
   */
  public Text scrape(@Nullable String accept, List<String> names, boolean onDemand) {
    Predicate<String> wanted =
        names.isEmpty()
            ? name -> true
            : MetricNameFilter.builder().nameMustBeEqualTo(names).build();
    List<MetricSnapshot> snapshots = own(onDemand);
    snapshots.removeIf(snapshot -> !wanted.test(snapshot.getMetadata().getPrometheusName()));
    jvm.scrape(wanted).forEach(snapshots::add);
    ExpositionFormatWriter writer = formats.findWriter(accept);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      writer.write(bytes, new MetricSnapshots(snapshots), EscapingScheme.fromAcceptHeader(accept));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Text(writer.getContentType(), bytes.toString(StandardCharsets.UTF_8));
  }

  private List<MetricSnapshot> own(boolean onDemand) {
    List<MetricSnapshot> snapshots = new ArrayList<>();
    snapshots.add(BUILD.of(single(version())));
    STORE.forEach(family -> snapshots.add(family.of(single(keeping.get()))));
    OnDemandView template = directors.onDemand();
    if (template != null) {
      ON_DEMAND.forEach(family -> snapshots.add(family.of(single(template))));
    }
    DirectorMetrics metrics = new DirectorMetrics();
    for (Director director : directors.all()) {
      if (onDemand || !director.definition().isTemplated()) {
        metrics.add(director.view());
      }
    }
    snapshots.addAll(metrics.snapshots());
    return snapshots;
  }

  private static <T> List<Labelled<T>> single(T value) {
    return List.of(new Labelled<>(Labels.EMPTY, value));
  }

  /** Of the jar; classes that lie in a folder have none. */
  private static String version() {
    String version = Metrics.class.getPackage().getImplementationVersion();
    return version == null ? "unknown" : version;
  }
}
