package dev.usher.sidecar.admin.web;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What a request line asks for, taken apart before it is decoded, so that an encoded slash stays in
 * its name.
 *
 * @param authority of an absolute-form target; empty for origin-form
 * @param segments decoded; a slash at the end does not count
 */
public record Target(String authority, List<String> segments) {
  private static final String SCHEME_END = "://";

  public Target {
    segments = List.copyOf(segments);
  }

  /**
   * Takes {@code /director/app} or {@code http://host/director/app} apart, without the query.
   *
   * @throws ApiError when a percent-encoding is broken
   */
  public static Target of(String uri) {
    int scheme = uri.startsWith("/") ? -1 : uri.indexOf(SCHEME_END);
    if (scheme < 0) {
      return new Target("", split(uri));
    }
    int host = scheme + SCHEME_END.length();
    int path = uri.indexOf('/', host);
    int end = path < 0 ? uri.length() : path;
    return new Target(uri.substring(host, end), split(uri.substring(end)));
  }

  private static List<String> split(String path) {
    String bare = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    if (bare.isEmpty()) {
      return List.of();
    }
    List<String> segments = new ArrayList<>();
    for (String segment : bare.substring(bare.startsWith("/") ? 1 : 0).split("/", -1)) {
      segments.add(decode("path", segment.replace("+", "%2B")));
    }
    return segments;
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
