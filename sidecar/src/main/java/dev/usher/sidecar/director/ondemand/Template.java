package dev.usher.sidecar.director.ondemand;

import dev.usher.sidecar.backend.BackendSpec;
import dev.usher.sidecar.director.endpoint.Endpoint;
import dev.usher.sidecar.director.spec.DirectorSpec;
import dev.usher.sidecar.director.spec.DirectorSpec.Settings;
import dev.usher.sidecar.shaper.BucketSpec;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What directors look like that requests make. */
public record Template(Settings settings, List<BackendPattern> backends, List<BucketSpec> buckets) {
  private static final Endpoint SAMPLE = new Endpoint("sample", 80);

  /** Whatever {@link DirectorSpec} refuses is refused here. */
  public Template {
    backends = List.copyOf(backends);
    buckets = List.copyOf(buckets);
    DirectorSpec unused = spec("template", settings, backends, buckets, SAMPLE);
  }

  /**
   * The director for one host and port; null when they make no URL of a backend. Settings and
   * buckets are shared by all.
   */
  public @Nullable DirectorSpec director(String name, Endpoint endpoint) {
    return spec(name, settings, backends, buckets, endpoint);
  }

  private static @Nullable DirectorSpec spec(
      String name,
      Settings settings,
      List<BackendPattern> patterns,
      List<BucketSpec> buckets,
      Endpoint endpoint) {
    List<BackendSpec> backends = new ArrayList<>(patterns.size());
    for (BackendPattern pattern : patterns) {
      BackendSpec backend = pattern.backend(endpoint);
      if (backend == null) {
        return null;
      }
      backends.add(backend);
    }
    return new DirectorSpec(name, settings, backends, buckets);
  }
}
