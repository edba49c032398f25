package dev.usher.sidecar.config;

import dev.usher.bucket.BucketName;
import dev.usher.sidecar.config.document.Value;
import dev.usher.sidecar.config.document.Value.Entry;
import dev.usher.sidecar.config.document.Value.Mapping;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The names in {@code directors}, right or wrong, so that a route is blamed for its own faults. */
final class DirectorNames {
  private final Map<String, Value> directors;

  DirectorNames(@Nullable Value directors) {
    this.directors = entries(directors);
  }

  Set<String> names() {
    return directors.keySet();
  }

  /** Null when there is no such director. */
  @Nullable Set<String> backends(String director) {
    Value body = directors.get(director);
    return body == null ? null : entries(entries(body).get("backends")).keySet();
  }

  /** The root and all below it; null when there is no such director. */
  @Nullable Set<String> buckets(String director) {
    Value body = directors.get(director);
    if (body == null) {
      return null;
    }
    Set<String> names = new LinkedHashSet<>();
    addBuckets(body, names);
    names.add(BucketName.ROOT);
    return names;
  }

  private static void addBuckets(Value parent, Set<String> names) {
    entries(entries(parent).get("buckets"))
        .forEach(
            (name, bucket) -> {
              names.add(name);
              addBuckets(bucket, names);
            });
  }

  private static Map<String, Value> entries(@Nullable Value value) {
    Map<String, Value> entries = new LinkedHashMap<>();
    if (value instanceof Mapping mapping) {
      for (Entry entry : mapping.entries()) {
        entries.putIfAbsent(entry.key(), entry.value());
      }
    }
    return entries;
  }
}
