package dev.usher.sidecar.admin;

import dev.usher.sidecar.admin.web.Answer;
import dev.usher.sidecar.admin.web.Call;
import dev.usher.sidecar.admin.web.PathPattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The table of verbs and paths. */
final class Routes {
  private final List<Route> table = new ArrayList<>();

  Routes(
      DirectorResource directors,
      BackendResource backends,
      BucketResource buckets,
      OverridesResource overrides,
      TransactionResource transactions,
      StatusResource status,
      MetricsResource metrics) {
    open("/health", Map.of("GET", status::health));
    open("/ready", Map.of("GET", status::ready));
    add("/metrics", Map.of("GET", metrics::get));
    add("/on-demand", Map.of("GET", directors::onDemand));
    add("/director", Map.of("GET", directors::list));
    add(
        "/director/:d",
        Map.of(
            "GET", directors::get,
            "PUT", directors::put,
            "POST", directors::post,
            "DELETE", directors::delete,
            "LOCK", directors::lock,
            "UNLOCK", directors::unlock));
    add("/director/:d/config", Map.of("GET", directors::config));
    add("/director/:d/overrides", Map.of("GET", overrides::list, "DELETE", overrides::delete));
    add("/director/:d/backends", Map.of("GET", backends::list));
    add(
        "/director/:d/backends/:b",
        Map.of(
            "GET", backends::get,
            "PUT", backends::put,
            "POST", backends::post,
            "DELETE", backends::delete,
            "LOCK", backends::lock,
            "UNLOCK", backends::unlock));
    add("/director/:d/buckets", Map.of("GET", buckets::list));
    add(
        "/director/:d/buckets/:k",
        Map.of(
            "GET", buckets::get,
            "PUT", buckets::put,
            "POST", buckets::post,
            "DELETE", buckets::delete));
    add("/director/:d/buckets/:k/explain", Map.of("GET", buckets::explain));
    add("/transaction", Map.of("POST", transactions::post));
  }

  private void add(String path, Map<String, Function<Call, Answer>> actions) {
    table.add(new Route(PathPattern.of(path), false, actions));
  }

  private void open(String path, Map<String, Function<Call, Answer>> actions) {
    table.add(new Route(PathPattern.of(path), true, actions));
  }

  /** The route of a decoded path; null when there is none. */
  @Nullable Route find(List<String> segments) {
    for (Route route : table) {
      if (route.path().matches(segments)) {
        return route;
      }
    }
    return null;
  }

  /**
   * A path and what may be done there.
   *
   * @param open whether it is served without a token
   */
  record Route(PathPattern path, boolean open, Map<String, Function<Call, Answer>> actions) {
    /** What {@code verb} does; HEAD does what GET does; null when it may not be used. */
    @Nullable Function<Call, Answer> action(String verb) {
      return actions.get(verb.equals("HEAD") ? "GET" : verb);
    }

    /** The verbs, as in an Allow field. */
    String allow() {
      TreeSet<String> verbs = new TreeSet<>(actions.keySet());
      verbs.add("OPTIONS");
      if (verbs.contains("GET")) {
        verbs.add("HEAD");
      }
      return String.join(", ", verbs);
    }
  }
}
