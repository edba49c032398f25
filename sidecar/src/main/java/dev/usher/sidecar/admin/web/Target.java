package dev.usher.sidecar.admin.web;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What a request line asks for. */
public final class Target {
  private static final String SCHEME_END = "://";

  private Target() {}

  /**
   * The segments of {@code /director/app} or {@code http://host/director/app}; a slash at the end
   * does not count. Split before they are decoded, so that an encoded slash stays in its name.
   *
   * @param uri without the query
   * @throws ApiError when a percent-encoding is broken
   */
  public static List<String> segments(String uri) {
    String path = path(uri);
    int end = path.endsWith("/") ? path.length() - 1 : path.length();
    if (end <= 0) {
      return List.of();
    }
    List<String> segments = new ArrayList<>();
    for (String segment : path.substring(path.startsWith("/") ? 1 : 0, end).split("/", -1)) {
      segments.add(decode("path", segment.replace("+", "%2B")));
    }
    return segments;
  }

  private static String path(String uri) {
    int scheme = uri.startsWith("/") ? -1 : uri.indexOf(SCHEME_END);
    if (scheme < 0) {
      return uri;
    }
    int path = uri.indexOf('/', scheme + SCHEME_END.length());
    return path < 0 ? "" : uri.substring(path);
  }

  /** Decodes a form's key or value; {@code +} is a space. */
  static String decode(String field, String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw ApiError.badValue(field, "percent-encoded text", text);
    }
  }
}
