package dev.usher.sidecar.cli.demo;

import dev.usher.sidecar.cli.draw.Rest;
import dev.usher.sidecar.director.view.DirectorView;
import dev.usher.sidecar.shaper.BucketView;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** A watch for each class. */
final class ShareWatches {
  private final Map<DemoClass, ShareWatch> watches = new EnumMap<>(DemoClass.class);

  /** See {@link ShareWatch#ShareWatch}. */
  ShareWatches(LongSupplier graceNanos, long blindNanos) {
    for (DemoClass each : DemoClass.values()) {
      watches.put(each, new ShareWatch(graceNanos, blindNanos));
    }
  }

  void sample(long nowNanos, Phase phase, DirectorView view) {
    watches.forEach(
        (each, watch) -> {
          BucketView bucket = bucketOf(view, each);
          boolean busy = phase.clients(each) > 0;
          watch.sample(nowNanos, busy, bucket.own(), bucket.queued(), Rest.of(bucket));
        });
  }

  ShareWatch of(DemoClass each) {
    ShareWatch watch = watches.get(each);
    if (watch == null) {
      throw new IllegalStateException("no watch over " + each);
    }
    return watch;
  }

  static BucketView bucketOf(DirectorView view, DemoClass of) {
    return of.tagged()
        ? view.shaper().buckets().stream()
            .filter(bucket -> bucket.name().equals(of.bucket()))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("no bucket " + of.bucket()))
        : view.shaper();
  }
}
