package dev.usher.sidecar.admin.metrics;

import dev.usher.sidecar.stats.Wait;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.Quantile;
import io.prometheus.metrics.model.snapshots.Quantiles;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot.SummaryDataPointSnapshot;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * A metric of things of one kind.
 *
 * @param <T> the things
 */
sealed interface Family<T> {
  double NANOS_PER_SECOND = 1e9;

  /** What is exposed of {@code things}. */
  MetricSnapshot of(List<Labelled<T>> things);

  /** A number that goes up and down. */
  record Gauge<T>(String name, String help, ToDoubleFunction<T> reading) implements Family<T> {
    @Override
    public MetricSnapshot of(List<Labelled<T>> things) {
      GaugeSnapshot.Builder family = GaugeSnapshot.builder().name(name).help(help);
      for (Labelled<T> each : things) {
        double value = reading.applyAsDouble(each.value());
        family.dataPoint(new GaugeDataPointSnapshot(value, each.labels(), null));
      }
      return family.build();
    }
  }

  /** A number that only goes up. Exposed with {@code _total} behind its name. */
  record Count<T>(String name, String help, ToDoubleFunction<T> reading) implements Family<T> {
    @Override
    public MetricSnapshot of(List<Labelled<T>> things) {
      CounterSnapshot.Builder family = CounterSnapshot.builder().name(name).help(help);
      for (Labelled<T> each : things) {
        double value = reading.applyAsDouble(each.value());
        family.dataPoint(new CounterDataPointSnapshot(value, each.labels(), null, 0));
      }
      return family.build();
    }
  }

  /** Waiting times: their count, their sum, and the two percentiles that are known, in seconds. */
  record Waits<T>(String name, String help, Function<T, Wait> reading) implements Family<T> {
    @Override
    public MetricSnapshot of(List<Labelled<T>> things) {
      SummarySnapshot.Builder family = SummarySnapshot.builder().name(name).help(help);
      for (Labelled<T> each : things) {
        Wait wait = reading.apply(each.value());
        Quantiles quantiles =
            Quantiles.of(
                new Quantile(0.5, wait.p50Nanos() / NANOS_PER_SECOND),
                new Quantile(0.99, wait.p99Nanos() / NANOS_PER_SECOND));
        family.dataPoint(
            SummaryDataPointSnapshot.builder()
                .count(wait.count())
                .sum(wait.totalNanos() / NANOS_PER_SECOND)
                .quantiles(quantiles)
                .labels(each.labels())
                .build());
      }
      return family.build();
    }
  }

  /** What words say. Exposed with {@code _info} behind its name and the value 1. */
  record Info<T>(String name, String help, Function<T, Labels> reading) implements Family<T> {
    @Override
    public MetricSnapshot of(List<Labelled<T>> things) {
      InfoSnapshot.Builder family = InfoSnapshot.builder().name(name).help(help);
      for (Labelled<T> each : things) {
        Labels labels = each.labels().merge(reading.apply(each.value()));
        family.dataPoint(new InfoDataPointSnapshot(labels));
      }
      return family.build();
    }
  }
}
