package dev.usher.sidecar.admin.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.sidecar.config.InvalidConfiguration;
import dev.usher.sidecar.config.JsonDocuments;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Bodies, forms and queries as one shape: a tree of kebab-case keys. */
public final class Fields {
  /** Settings that are lists; a form writes them with commas or by repeating the key. */
  private static final Set<String> LIST_KEYS = Set.of("health-check.expect", "retry-on");

  /** As deep as JSON may be. */
  private static final int MAX_DEPTH = 64;

  private Fields() {}

  /**
   * Reads a body that is one JSON object.
   *
   * @throws ApiError naming the line when it is not
   */
  public static ObjectNode json(byte[] body) {
    try {
      if (JsonDocuments.parse(body) instanceof ObjectNode object) {
        return object;
      }
    } catch (InvalidConfiguration e) {
      throw ApiError.of(e);
    }
    throw ApiError.of(ApiError.Code.BAD_VALUE, "body: want a JSON object", "body");
  }

  /**
   * Reads {@code capacity=10&health-check.interval=5s}: a dot leads into an object, all values are
   * text, which the specification's reader takes for numbers and booleans too.
   *
   * @throws ApiError when it is broken or a key comes twice
   */
  public static ObjectNode form(String encoded) {
    ObjectNode fields = empty();
    for (String pair : encoded.split("&", -1)) {
      if (!pair.isEmpty()) {
        int equals = pair.indexOf('=');
        String key = Target.decode("key", equals < 0 ? pair : pair.substring(0, equals));
        String value = equals < 0 ? "" : Target.decode(key, pair.substring(equals + 1));
        put(fields, key, value);
      }
    }
    return fields;
  }

  private static void put(ObjectNode fields, String key, String value) {
    ObjectNode parent = fields;
    String[] steps = key.split("\\.", -1);
    if (steps.length > MAX_DEPTH) {
      throw ApiError.badValue(Shown.of(key), "at most %d steps".formatted(MAX_DEPTH), key);
    }
    for (int step = 0; step < steps.length - 1; step++) {
      JsonNode child = parent.get(steps[step]);
      if (child != null && !(child instanceof ObjectNode)) {
        throw twice(key);
      }
      parent = child instanceof ObjectNode object ? object : parent.putObject(steps[step]);
    }
    String last = steps[steps.length - 1];
    if (LIST_KEYS.contains(key)) {
      if (parent.has(last) && !(parent.get(last) instanceof ArrayNode)) {
        throw twice(key);
      }
      ArrayNode list = parent.withArray(last);
      for (String item : value.split(",", -1)) {
        list.add(item.trim());
      }
    } else if (parent.putIfAbsent(last, JsonNodeFactory.instance.textNode(value)) != null) {
      throw twice(key);
    }
  }

  /**
   * Adds the query's fields to the body's.
   *
   * @throws ApiError when both have a key
   */
  public static ObjectNode union(ObjectNode body, ObjectNode query) {
    for (Map.Entry<String, JsonNode> field : query.properties()) {
      if (body.putIfAbsent(field.getKey(), field.getValue()) != null) {
        throw twice(field.getKey());
      }
    }
    return body;
  }

  /** Reads a body of the given media type, the empty one of any. */
  static ObjectNode body(String contentType, byte[] body) {
    if (body.length == 0) {
      return empty();
    }
    return switch (MediaType.of(contentType)) {
      case JSON -> json(body);
      // A shell's client says "form" by default, whatever it sends.
      case FORM ->
          looksLikeJson(body)
              ? json(body)
              : form(new String(body, StandardCharsets.US_ASCII).trim());
      case OTHER ->
          throw ApiError.of(
              ApiError.Code.UNSUPPORTED_MEDIA_TYPE,
              "Content-Type: want application/json or application/x-www-form-urlencoded, in UTF-8",
              "Content-Type");
    };
  }

  /** Whether an object begins behind white space and a byte order mark, if they are there. */
  private static boolean looksLikeJson(byte[] body) {
    String text = new String(body, StandardCharsets.UTF_8);
    return (text.startsWith("\uFEFF") ? text.substring(1) : text).stripLeading().startsWith("{");
  }

  /**
   * Puts {@code changes} over {@code base} in place: objects merge, all else replaces, and null
   * takes a key away, so that its default comes back (RFC 7396).
   */
  public static ObjectNode merge(ObjectNode base, ObjectNode changes) {
    for (Map.Entry<String, JsonNode> change : changes.properties()) {
      JsonNode value = change.getValue();
      if (value.isNull()) {
        base.remove(change.getKey());
      } else if (value instanceof ObjectNode object) {
        ObjectNode below = base.get(change.getKey()) instanceof ObjectNode old ? old : empty();
        base.set(change.getKey(), merge(below, object));
      } else {
        base.set(change.getKey(), value);
      }
    }
    return base;
  }

  private static ObjectNode empty() {
    return JsonNodeFactory.instance.objectNode();
  }

  private static ApiError twice(String key) {
    return ApiError.badValue(key, "the key once", "it several times");
  }

  private enum MediaType {
    JSON,
    FORM,
    OTHER;

    private static final Pattern SYNTAX =
        Pattern.compile(
            "(?i)([a-z0-9.+/-]+)\\s*(?:;\\s*charset\\s*=\\s*\"?(?:utf-8|us-ascii)\"?\\s*)?;?\\s*");

    static MediaType of(String contentType) {
      Matcher matcher = SYNTAX.matcher(contentType.trim());
      String name = matcher.matches() ? matcher.group(1).toLowerCase(Locale.ROOT) : "unknown";
      if (name.equals("application/json") || name.matches("application/[a-z0-9.-]+\\+json")) {
        return JSON;
      }
      return name.equals("application/x-www-form-urlencoded") ? FORM : OTHER;
    }
  }
}
