package dev.usher.sidecar.admin.metrics;

import dev.usher.sidecar.admin.metrics.Family.Count;
import dev.usher.sidecar.admin.metrics.Family.Gauge;
import dev.usher.sidecar.admin.metrics.Family.Info;
import dev.usher.sidecar.admin.metrics.Family.Waits;
import dev.usher.sidecar.director.view.BackendView;
import dev.usher.sidecar.director.view.DirectorView;
import dev.usher.sidecar.health.HealthState;
import dev.usher.sidecar.health.outlier.OutlierView;
import dev.usher.sidecar.shaper.BucketView;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The metrics of directors, their buckets and their backends. */
final class DirectorMetrics {
  private static final List<Family<DirectorView>> DIRECTOR =
      List.of(
          new Gauge<>(
              "usher_director_enabled",
              "Whether the director takes requests.",
              director -> flag(director.spec().settings().enabled())),
          new Gauge<>(
              "usher_director_capacity_tokens",
              "Requests that the backends in service may have in flight.",
              DirectorView::capacity),
          new Gauge<>(
              "usher_director_load_requests",
              "Requests at backends, pinned ones included.",
              director -> director.load().current()),
          new Count<>(
              "usher_director_requests",
              "Requests given to a backend, pinned ones included.",
              director -> director.load().total()),
          new Gauge<>(
              "usher_director_queued_requests",
              "Requests that wait.",
              director -> director.queued().current()),
          new Count<>(
              "usher_director_waits",
              "Requests that had to wait.",
              director -> director.queued().total()),
          new Count<>(
              "usher_director_dropped_requests",
              "Requests that the director answered with 503 or 504.",
              DirectorView::dropped),
          new Count<>(
              "usher_director_unknown_bucket_requests",
              "Requests whose tag named no bucket.",
              DirectorView::unknownBucket),
          new Count<>(
              "usher_director_retries",
              "Further attempts of requests whose attempt had failed.",
              director -> director.retries().made()),
          new Count<>(
              "usher_director_retry_budget_exhausted",
              "Requests whose attempt had failed when their bucket's retry budget was spent.",
              director -> director.retries().refused()),
          new Count<>(
              "usher_director_deadline_exceeded_requests",
              "Requests that ended at their deadline, in the queue or at a backend.",
              DirectorView::deadlineExceeded));

  private static final List<Family<BucketView>> BUCKET =
      List.of(
          new Gauge<>("usher_bucket_rate_tokens", "Tokens assured.", BucketView::rate),
          new Gauge<>("usher_bucket_ceil_tokens", "Most tokens, loans included.", BucketView::ceil),
          new Gauge<>(
              "usher_bucket_actual_tokens",
              "Tokens held by the bucket and all below it.",
              BucketView::actual),
          new Gauge<>(
              "usher_bucket_own_tokens",
              "Tokens held by requests of the bucket itself.",
              BucketView::own),
          new Gauge<>(
              "usher_bucket_borrowed_tokens", "Tokens held over the rate.", BucketView::overrate),
          new Gauge<>(
              "usher_bucket_queued_requests",
              "Requests of the bucket itself that wait.",
              BucketView::queued),
          new Gauge<>(
              "usher_bucket_oversubscribed",
              "Whether the rates below it had to be cut, because they were more than it has.",
              bucket -> flag(bucket.oversubscribed())),
          new Count<>(
              "usher_bucket_granted_requests",
              "Requests that got their tokens.",
              bucket -> bucket.stats().granted()),
          new Count<>(
              "usher_bucket_borrowing_requests",
              "Of the granted, those on borrowed tokens.",
              bucket -> bucket.stats().borrowed()),
          new Count<>(
              "usher_bucket_waits",
              "Requests that had to wait.",
              bucket -> bucket.stats().queued()),
          new Count<>(
              "usher_bucket_timed_out_requests",
              "Requests that waited for longer than queue-timeout.",
              bucket -> bucket.stats().timedOut()),
          new Count<>(
              "usher_bucket_cancelled_requests",
              "Requests whose client left while they waited.",
              bucket -> bucket.stats().cancelled()),
          new Count<>(
              "usher_bucket_rejected_requests",
              "Requests that were turned away before or while they waited.",
              bucket -> bucket.stats().rejected()),
          new Count<>(
              "usher_bucket_retries",
              "Further attempts of requests whose attempt had failed.",
              bucket -> bucket.stats().retries().made()),
          new Count<>(
              "usher_bucket_retry_budget_exhausted",
              "Requests whose attempt had failed when the retry budget was spent.",
              bucket -> bucket.stats().retries().refused()),
          new Waits<>(
              "usher_bucket_assured_wait_seconds",
              "How long requests waited that got assured tokens, since start.",
              bucket -> bucket.stats().assuredWait()),
          new Waits<>(
              "usher_bucket_loan_wait_seconds",
              "How long requests waited that got borrowed tokens, since start.",
              bucket -> bucket.stats().loanWait()));

  private static final List<Family<BackendView>> BACKEND =
      List.of(
          new Info<>(
              "usher_backend",
              "What the backend is.",
              backend ->
                  Labels.of(
                      "url",
                      backend.spec().url().toString(),
                      "role",
                      backend.spec().role().name().toLowerCase(Locale.ROOT))),
          new Gauge<>(
              "usher_backend_enabled",
              "Whether the backend may serve.",
              backend -> flag(backend.spec().enabled())),
          new Gauge<>(
              "usher_backend_online",
              "Whether the backend answers, as far as is known.",
              backend -> flag(backend.health().state() == HealthState.ONLINE)),
          new Gauge<>(
              "usher_backend_unknown",
              "Whether nothing is known of the backend yet, so that it gets no requests.",
              backend -> flag(backend.health().state() == HealthState.UNKNOWN)),
          new Gauge<>(
              "usher_backend_ejected",
              "Whether the backend is taken out as an outlier, or on trial.",
              backend -> flag(backend.outlier().state() != OutlierView.State.IN)),
          new Count<>(
              "usher_backend_ejections",
              "How often the backend was taken out as an outlier.",
              backend -> backend.outlier().ejections()),
          new Gauge<>(
              "usher_backend_capacity_requests",
              "Requests that the backend may have in flight.",
              backend -> backend.spec().capacity()),
          new Gauge<>(
              "usher_backend_capacity_now_requests",
              "The same for now: less while the backend warms up or is probed.",
              BackendView::capacityNow),
          new Gauge<>(
              "usher_backend_load_requests",
              "Requests at the backend.",
              backend -> backend.load().current()),
          new Count<>(
              "usher_backend_requests",
              "Requests given to the backend.",
              backend -> backend.load().total()));

  private final List<Labelled<DirectorView>> directors = new ArrayList<>();
  private final List<Labelled<BucketView>> buckets = new ArrayList<>();
  private final List<Labelled<BackendView>> backends = new ArrayList<>();

  void add(DirectorView director) {
    String name = director.spec().name();
    directors.add(new Labelled<>(Labels.of("director", name), director));
    addBucket(name, director.shaper());
    for (BackendView backend : director.backends()) {
      Labels labels = Labels.of("director", name, "backend", backend.spec().name());
      backends.add(new Labelled<>(labels, backend));
    }
  }

  private void addBucket(String director, BucketView bucket) {
    Labels labels = Labels.of("director", director, "bucket", bucket.name());
    buckets.add(new Labelled<>(labels, bucket));
    bucket.buckets().forEach(child -> addBucket(director, child));
  }

  /** What is known of all that was added. */
  List<MetricSnapshot> snapshots() {
    List<MetricSnapshot> snapshots = new ArrayList<>();
    DIRECTOR.forEach(family -> snapshots.add(family.of(directors)));
    BUCKET.forEach(family -> snapshots.add(family.of(buckets)));
    BACKEND.forEach(family -> snapshots.add(family.of(backends)));
    return snapshots;
  }

  private static double flag(boolean value) {
    return value ? 1 : 0;
  }
}
