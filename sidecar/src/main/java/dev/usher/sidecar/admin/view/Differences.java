package dev.usher.sidecar.admin.view;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.sidecar.config.override.Difference;
import org.jspecify.annotations.Nullable;

/** A field in which two specifications differ, as JSON: a value that is not there has no key. */
public final class Differences {
  private Differences() {}

  public static ObjectNode json(Difference difference, String before, String after) {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("field", difference.field());
    put(json, before, difference.before());
    put(json, after, difference.after());
    return json;
  }

  private static void put(ObjectNode json, String key, @Nullable JsonNode value) {
    if (value != null) {
      json.set(key, value);
    }
  }
}
