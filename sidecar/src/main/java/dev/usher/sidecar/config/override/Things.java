package dev.usher.sidecar.config.override;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.bucket.BucketName;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Things of one kind in their order: by name, and each with its values by key. What nests is laid
 * flat: an object's values have the key {@code health-check.interval}, a bucket has its place as a
 * value, {@code parent}. So everything that can be changed stands alone. Not thread-safe.
 */
final class Things {
  static final String PARENT = "parent";
  private static final String BELOW = "buckets";

  /** The name of nothing. */
  private static final String NOWHERE = "";

  private final Map<String, Map<String, JsonNode>> byName = new LinkedHashMap<>();

  /** Adds one thing. */
  void add(String name, ObjectNode values) {
    Map<String, JsonNode> flat = new LinkedHashMap<>();
    flatten("", values, flat);
    byName.put(name, flat);
  }

  private static void flatten(String path, JsonNode tree, Map<String, JsonNode> into) {
    if (tree instanceof ObjectNode object) {
      String before = path.isEmpty() ? "" : path + ".";
      object
          .properties()
          .forEach(value -> flatten(before + value.getKey(), value.getValue(), into));
    } else {
      into.put(path, tree);
    }
  }

  /** Adds a tree of buckets, each before those below it. */
  void addTree(String parent, JsonNode buckets) {
    buckets
        .properties()
        .forEach(
            bucket -> {
              ObjectNode values = JsonNodeFactory.instance.objectNode().put(PARENT, parent);
              values.setAll((ObjectNode) bucket.getValue());
              JsonNode below = values.remove(BELOW);
              add(bucket.getKey(), values);
              if (below != null) {
                addTree(bucket.getKey(), below);
              }
            });
  }

  /** In their order; a copy. */
  List<String> names() {
    return List.copyOf(byName.keySet());
  }

  boolean has(String name) {
    return byName.containsKey(name);
  }

  /** Null when there is no such thing. */
  @Nullable Map<String, JsonNode> values(String name) {
    return byName.get(name);
  }

  @Nullable JsonNode value(String name, String key) {
    Map<String, JsonNode> values = byName.get(name);
    return values == null ? null : values.get(key);
  }

  /** The name of the bucket above; what is no bucket stands under {@link #NOWHERE}. */
  String parent(String name) {
    JsonNode parent = value(name, PARENT);
    return parent == null ? NOWHERE : parent.asText();
  }

  void put(String name, Map<String, JsonNode> values) {
    byName.put(name, new LinkedHashMap<>(values));
  }

  /** Sets a value of a thing that is there, or takes it away. */
  void set(String name, String key, @Nullable JsonNode value) {
    Map<String, JsonNode> values = byName.get(name);
    if (values != null && value != null) {
      values.put(key, value);
    } else if (values != null) {
      values.remove(key);
    }
  }

  void remove(String name) {
    byName.remove(name);
  }

  Things copy() {
    Things copy = new Things();
    byName.forEach(copy::put);
    return copy;
  }

  /** The same things, those of {@code first} before the others. */
  Things inOrder(Collection<String> first) {
    Things ordered = new Things();
    Set<String> names = new LinkedHashSet<>(first);
    names.addAll(byName.keySet());
    for (String name : names) {
      Map<String, JsonNode> values = byName.get(name);
      if (values != null) {
        ordered.put(name, values);
      }
    }
    return ordered;
  }

  /** Those that have a way up to the root. */
  Set<String> attached() {
    Map<String, List<String>> children = children(byName.keySet());
    Set<String> attached = new LinkedHashSet<>();
    Deque<String> open = new ArrayDeque<>(List.of(BucketName.ROOT));
    while (!open.isEmpty()) {
      for (String child : children.getOrDefault(open.pop(), List.of())) {
        attached.add(child);
        open.push(child);
      }
    }
    return attached;
  }

  /** Some of these as pieces of the tree: the top of each with all of them that hang on it. */
  Map<String, Set<String>> pieces(Set<String> some) {
    Map<String, Set<String>> pieces = new LinkedHashMap<>();
    Map<String, String> tops = new LinkedHashMap<>();
    for (String name : byName.keySet()) {
      if (some.contains(name)) {
        String top = tops.getOrDefault(parent(name), name);
        tops.put(name, top);
        pieces.computeIfAbsent(top, each -> new LinkedHashSet<>()).add(name);
      }
    }
    return pieces;
  }

  /** A thing as a document has it; of what is below it only {@code members}. */
  ObjectNode document(String name, Set<String> members) {
    return document(name, children(members));
  }

  /** All of them by name, buckets as a tree. */
  ObjectNode documents() {
    Map<String, List<String>> children = children(byName.keySet());
    ObjectNode json = documents(NOWHERE, children);
    return json.setAll(documents(BucketName.ROOT, children));
  }

  private Map<String, List<String>> children(Set<String> members) {
    Map<String, List<String>> children = new LinkedHashMap<>();
    for (String name : byName.keySet()) {
      if (members.contains(name)) {
        children.computeIfAbsent(parent(name), each -> new ArrayList<>()).add(name);
      }
    }
    return children;
  }

  private ObjectNode document(String name, Map<String, List<String>> children) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    byName
        .getOrDefault(name, Map.of())
        .forEach(
            (key, value) -> {
              if (!key.equals(PARENT)) {
                unflatten(key, value, json);
              }
            });
    if (children.containsKey(name)) {
      json.set(BELOW, documents(name, children));
    }
    return json;
  }

  private ObjectNode documents(String parent, Map<String, List<String>> children) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    children
        .getOrDefault(parent, List.of())
        .forEach(name -> json.set(name, document(name, children)));
    return json;
  }

  private static void unflatten(String path, JsonNode value, ObjectNode into) {
    ObjectNode at = into;
    String[] steps = path.split("\\.", -1);
    for (int step = 0; step < steps.length - 1; step++) {
      at = at.get(steps[step]) instanceof ObjectNode known ? known : at.putObject(steps[step]);
    }
    at.set(steps[steps.length - 1], value);
  }
}
