package dev.usher.sidecar.config.override;

import com.fasterxml.jackson.databind.JsonNode;
import dev.usher.sidecar.config.override.Facts.Kind;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * In what a director differs from another. The order of backends and buckets is no difference: it
 * has no key of its own.
 */
record Comparison(Facts before, Facts after) {

  /** Something that differs. */
  sealed interface Deviation {
    Kind kind();

    String name();

    /** Makes it in {@code into} as it is in {@code from}. */
    void copy(Facts from, Facts into);
  }

  /** A value of a thing that both have. */
  record OfValue(Kind kind, String name, String key) implements Deviation {
    @Override
    public void copy(Facts from, Facts into) {
      into.of(kind).set(name, key, from.of(kind).value(name, key));
    }
  }

  /**
   * A thing that only one has, with what is below it and the other does not have either.
   *
   * @param added whether it is the later one that has it
   * @param members all names, that of the thing first
   */
  record OfWhole(Kind kind, String name, boolean added, Set<String> members) implements Deviation {
    @Override
    public void copy(Facts from, Facts into) {
      for (String member : members) {
        Map<String, JsonNode> values = from.of(kind).values(member);
        if (values == null) {
          into.of(kind).remove(member);
        } else {
          into.of(kind).put(member, values);
        }
      }
    }
  }

  List<Deviation> deviations() {
    List<Deviation> found = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      Things old = before.of(kind);
      Things now = after.of(kind);
      Map<String, Set<String>> added = now.pieces(missing(now, old));
      for (String name : now.names()) {
        Set<String> members = added.get(name);
        if (members != null) {
          found.add(new OfWhole(kind, name, true, members));
        } else if (old.has(name)) {
          addValues(kind, name, found);
        }
      }
      old.pieces(missing(old, now))
          .forEach((name, members) -> found.add(new OfWhole(kind, name, false, members)));
    }
    return found;
  }

  /** The names in {@code some} that {@code others} do not have. */
  static Set<String> missing(Things some, Things others) {
    Set<String> missing = new LinkedHashSet<>(some.names());
    missing.removeIf(others::has);
    return missing;
  }

  private void addValues(Kind kind, String name, List<Deviation> into) {
    Things old = before.of(kind);
    Things now = after.of(kind);
    for (String key : keys(now.values(name), old.values(name))) {
      if (!Objects.equals(now.value(name, key), old.value(name, key))) {
        into.add(new OfValue(kind, name, key));
      }
    }
  }

  /** The keys of both, in their order. */
  static Set<String> keys(@Nullable Map<String, ?> some, @Nullable Map<String, ?> others) {
    Set<String> keys = new LinkedHashSet<>();
    if (some != null) {
      keys.addAll(some.keySet());
    }
    if (others != null) {
      keys.addAll(others.keySet());
    }
    return keys;
  }

  /** Whether {@code deviation} is at {@code path} or below it. */
  boolean isAt(Deviation deviation, String path) {
    Facts place = deviation instanceof OfWhole whole && !whole.added() ? before : after;
    if (place.paths(deviation.kind(), deviation.name()).contains(path)) {
      return true;
    }
    String field = show(deviation).field();
    return field.equals(path)
        || (deviation instanceof OfValue value && isWithin(field, value.key(), path));
  }

  /** Whether {@code path} ends within {@code key}, which has a dot for each level. */
  private static boolean isWithin(String field, String key, String path) {
    return path.length() > field.length() - key.length() && field.startsWith(path + ".");
  }

  /** As people see it. */
  Difference show(Deviation deviation) {
    if (deviation instanceof OfValue value) {
      return value(value.kind(), value.name(), value.key());
    }
    OfWhole whole = (OfWhole) deviation;
    return whole.added()
        ? added(whole.kind(), whole.name(), whole.members())
        : removed(whole.kind(), whole.name(), whole.members());
  }

  private Difference value(Kind kind, String name, String key) {
    String path = after.path(kind, name);
    return new Difference(
        path.isEmpty() ? key : path + "." + key,
        before.of(kind).value(name, key),
        after.of(kind).value(name, key));
  }

  Difference added(Kind kind, String name, Set<String> members) {
    return new Difference(after.path(kind, name), null, after.of(kind).document(name, members));
  }

  private Difference removed(Kind kind, String name, Set<String> members) {
    return new Difference(before.path(kind, name), before.of(kind).document(name, members), null);
  }
}
