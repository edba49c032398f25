package dev.usher.sidecar.admin;

import dev.usher.bucket.BucketName;
import dev.usher.sidecar.admin.web.Answer;
import dev.usher.sidecar.admin.web.ApiError;
import dev.usher.sidecar.admin.web.Call;
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
      StatusResource status) {
    open("/health", Map.of("GET", status::health));
    open("/ready", Map.of("GET", status::ready));
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
  }

  private void add(String path, Map<String, Function<Call, Answer>> actions) {
    table.add(new Route(segments(path), false, actions));
  }

  private void open(String path, Map<String, Function<Call, Answer>> actions) {
    table.add(new Route(segments(path), true, actions));
  }

  private static List<String> segments(String path) {
    return List.of(path.substring(1).split("/"));
  }

  /** The route of a decoded path; null when there is none. */
  @Nullable Route find(List<String> segments) {
    for (Route route : table) {
      if (route.matches(segments)) {
        return route;
      }
    }
    return null;
  }

  /**
   * A path and what may be done there.
   *
   * @param pattern literal segments, and names that begin with a colon
   * @param open whether it is served without a token
   */
  record Route(List<String> pattern, boolean open, Map<String, Function<Call, Answer>> actions) {
    private static boolean isName(String segment) {
      return segment.startsWith(":");
    }

    private boolean matches(List<String> segments) {
      if (segments.size() != pattern.size()) {
        return false;
      }
      for (int i = 0; i < segments.size(); i++) {
        if (!isName(pattern.get(i)) && !pattern.get(i).equals(segments.get(i))) {
          return false;
        }
      }
      return true;
    }

    /**
     * The names in the path.
     *
     * @throws ApiError when one can be nobody's name
     */
    List<String> names(List<String> segments) {
      List<String> names = new ArrayList<>();
      for (int i = 0; i < segments.size(); i++) {
        if (isName(pattern.get(i))) {
          String name = segments.get(i);
          if (!BucketName.isValid(name)) {
            throw ApiError.badValue("name", BucketName.WANTED, name);
          }
          names.add(name);
        }
      }
      return names;
    }

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
