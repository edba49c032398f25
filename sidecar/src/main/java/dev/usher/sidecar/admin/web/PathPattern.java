package dev.usher.sidecar.admin.web;

import dev.usher.bucket.BucketName;
import java.util.ArrayList;
import java.util.List;

/**
 * A path with names in it, such as {@code /director/:d/backends/:b}.
 *
 * @param pattern literal segments, and names that begin with a colon
 */
public record PathPattern(List<String> pattern) {
  public PathPattern {
    pattern = List.copyOf(pattern);
  }

  public static PathPattern of(String path) {
    return new PathPattern(List.of(path.substring(1).split("/")));
  }

  private static boolean isName(String segment) {
    return segment.startsWith(":");
  }

  /** Whether a decoded path is one of these, whatever the names. */
  public boolean matches(List<String> segments) {
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
   * The names in a path that matches.
   *
   * @throws ApiError when one can be nobody's name
   */
  public List<String> names(List<String> segments) {
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
}
