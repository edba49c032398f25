package dev.usher.sidecar.admin.web;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a request that reads asks for.
 *
 * @param accept the Accept field; null for none
 * @param query as it was sent, without the question mark
 */
public record Selection(@Nullable String accept, String query) {
  public static final Selection ALL = new Selection(null, "");

  /**
   * The values of a parameter, in their order; none when it is not there.
   *
   * @throws ApiError when the query is not well percent-encoded
   */
  public List<String> values(String key) {
    List<String> values = new ArrayList<>();
    for (String pair : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = Target.decode(key, equals < 0 ? pair : pair.substring(0, equals));
      if (name.equals(key)) {
        values.add(equals < 0 ? "" : Target.decode(key, pair.substring(equals + 1)));
      }
    }
    return values;
  }

  /**
   * A parameter that is {@code true} or {@code false}; false when it is not there.
   *
   * @throws ApiError when it is something else
   */
  public boolean flag(String key) {
    List<String> values = values(key);
    if (values.isEmpty()) {
      return false;
    }
    String text = values.get(values.size() - 1);
    if (!text.equals("true") && !text.equals("false")) {
      throw ApiError.badValue(key, "true or false", text);
    }
    return text.equals("true");
  }
}
