package dev.usher.sidecar.admin.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request as resources see it. Used by one thread.
 *
 * @param names from the path, valid as names, outermost first
 * @param fields body and query as one tree; empty for a request that only reads
 * @param selection what a request that only reads asks for
 */
public record Call(
    List<String> names, ObjectNode fields, Preconditions preconditions, Selection selection) {
  public Call {
    names = List.copyOf(names);
  }

  /** A request that changes something. */
  public Call(List<String> names, ObjectNode fields, Preconditions preconditions) {
    this(names, fields, preconditions, Selection.ALL);
  }

  public String name(int index) {
    return names.get(index);
  }

  /** Takes a field away that is no property of the object; null when it is not there. */
  public @Nullable String take(String key) {
    JsonNode value = fields.remove(key);
    if (value == null) {
      return null;
    }
    if (!value.isValueNode() || value.isNull()) {
      throw ApiError.badValue(key, "a text", value.toString());
    }
    return value.asText();
  }

  /** Takes {@code true} or {@code false} away; false when it is not there. */
  public boolean takeFlag(String key) {
    String text = take(key);
    if (text != null && !text.equals("true") && !text.equals("false")) {
      throw ApiError.badValue(key, "true or false", text);
    }
    return "true".equals(text);
  }

  /** Takes the body's name away, which may only repeat the path's. */
  public void takeName(String fromPath) {
    String inBody = take("name");
    if (inBody != null && !inBody.equals(fromPath)) {
      throw ApiError.badValue("name", "'" + fromPath + "' as in the path, or none", inBody);
    }
  }

  /** Refuses fields that nobody took. */
  public void wantNoMore() {
    if (!fields.isEmpty()) {
      String key = fields.fieldNames().next();
      throw ApiError.of(
          ApiError.Code.BAD_VALUE, "unknown parameter '" + Shown.of(key) + "'", Shown.of(key));
    }
  }
}
