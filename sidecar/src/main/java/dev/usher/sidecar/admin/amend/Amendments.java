package dev.usher.sidecar.admin.amend;

import dev.usher.sidecar.admin.web.ApiError;
import dev.usher.sidecar.admin.web.Call;
import dev.usher.sidecar.admin.web.PathPattern;
import dev.usher.sidecar.admin.web.Target;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;

/** The table of changes: which verb at which path is which amendment. */
public final class Amendments {
  private static final List<Entry> TABLE =
      List.of(
          entry(
              "/director/:d",
              Map.of(
                  "PUT", DirectorAmendments::put,
                  "POST", DirectorAmendments::post,
                  "DELETE", DirectorAmendments::delete,
                  "LOCK", DirectorAmendments::lock,
                  "UNLOCK", DirectorAmendments::unlock)),
          entry("/director/:d/overrides", Map.of("DELETE", OverrideAmendments::delete)),
          entry(
              "/director/:d/backends/:b",
              Map.of(
                  "PUT", BackendAmendments::put,
                  "POST", BackendAmendments::post,
                  "DELETE", BackendAmendments::delete,
                  "LOCK", BackendAmendments::lock,
                  "UNLOCK", BackendAmendments::unlock)),
          entry(
              "/director/:d/buckets/:k",
              Map.of(
                  "PUT", BucketAmendments::put,
                  "POST", BucketAmendments::post,
                  "DELETE", BucketAmendments::delete)));

  private Amendments() {}

  private record Entry(PathPattern path, Map<String, Function<Call, Amendment>> changes) {}

  private static Entry entry(String path, Map<String, Function<Call, Amendment>> changes) {
    return new Entry(PathPattern.of(path), changes);
  }

  /**
   * The changes that a path has.
   *
   * @throws ApiError when it has none, or holds what is no name
   */
  public static Place at(String path) {
    List<String> segments = Target.segments(path);
    for (Entry entry : TABLE) {
      if (entry.path().matches(segments)) {
        return new Place(entry.path().names(segments), entry.changes());
      }
    }
    String wanted = "the path of a director, of its overrides, or of a backend or bucket in it";
    throw ApiError.badValue("path", wanted, path);
  }

  /**
   * What can be changed.
   *
   * @param names from the path, the director's first
   * @param changes by verb
   */
  public record Place(List<String> names, Map<String, Function<Call, Amendment>> changes) {
    public String director() {
      return names.get(0);
    }

    /** Whether {@code verb} makes a director where there is none. */
    public boolean creates(String verb) {
      return names.size() == 1 && verb.equals("PUT");
    }

    /**
     * What {@code verb} does.
     *
     * @throws ApiError when that is nothing
     */
    public Function<Call, Amendment> change(String verb) {
      Function<Call, Amendment> change = changes.get(verb);
      if (change == null) {
        String wanted = "one of " + String.join(", ", new TreeSet<>(changes.keySet()));
        throw ApiError.badValue("method", wanted, verb);
      }
      return change;
    }
  }
}
