package dev.usher.sidecar.config.override;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.sidecar.config.InvalidConfiguration;
import dev.usher.sidecar.config.RandomSpecs;
import dev.usher.sidecar.config.SpecReader;
import dev.usher.sidecar.config.SpecWriter;
import dev.usher.sidecar.director.spec.DirectorSpec;
import dev.usher.unit.InvalidValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Specifications that come of others by a few changes; few names, so that changes meet. */
final class RandomEdits {
  private static final String BUCKETS = "buckets";

  private static final String HEALTH = "health-check";

  private final Random random;
  private final RandomSpecs specs;

  RandomEdits(long seed) {
    random = new Random(seed);
    specs = new RandomSpecs(seed);
  }

  DirectorSpec director() {
    DirectorSpec made = specs.director();
    DirectorSpec named = new DirectorSpec("app", made.settings(), made.backends(), made.buckets());
    return edited(named);
  }

  /** After at most eight changes, each of them valid. */
  DirectorSpec edited(DirectorSpec spec) {
    DirectorSpec edited = spec;
    for (int changes = random.nextInt(9); changes > 0; changes--) {
      ObjectNode json = SpecWriter.director(edited);
      change(json);
      try {
        edited = SpecReader.director(spec.name(), json);
      } catch (InvalidConfiguration | InvalidValue e) {
        // Another change then.
      }
    }
    return edited;
  }

  private void change(ObjectNode director) {
    ObjectNode other = SpecWriter.director(specs.director());
    switch (random.nextInt(6)) {
      case 0 -> takeOver(director, other);
      case 1 -> takeOver((ObjectNode) director.get(HEALTH), other.get(HEALTH));
      case 2 ->
          changeThings((ObjectNode) director.get("backends"), SpecWriter.backend(specs.backend()));
      case 3 -> shuffle((ObjectNode) director.get(oneOf(List.of("backends", BUCKETS))));
      default -> changeTree(director);
    }
  }

  /** Takes one value over, or that there is none, but no backends and buckets. */
  private void takeOver(ObjectNode into, JsonNode from) {
    Set<String> keys = new LinkedHashSet<>(names(from));
    keys.addAll(names(into));
    String key = oneOf(List.copyOf(keys));
    JsonNode value = from.get(key);
    if (value == null ? into.get(key).isObject() : value.isObject()) {
      return;
    }
    if (value == null) {
      into.remove(key);
    } else {
      into.set(key, value);
    }
  }

  private void changeThings(ObjectNode things, ObjectNode other) {
    String name = random.nextBoolean() && !things.isEmpty() ? oneOf(names(things)) : newName();
    switch (random.nextInt(3)) {
      case 0 -> things.remove(name);
      case 1 -> things.set(name, other);
      default -> {
        if (things.get(name) instanceof ObjectNode known) {
          takeOver(known, other);
          changeHealthCheck(known, other);
        }
      }
    }
  }

  /** Of a backend, which may have none. */
  private void changeHealthCheck(ObjectNode backend, ObjectNode other) {
    if (other.get(HEALTH) instanceof ObjectNode said) {
      takeOver(backend.withObjectProperty(HEALTH), said);
    } else if (random.nextInt(3) == 0) {
      backend.remove(HEALTH);
    }
  }

  private void changeTree(ObjectNode director) {
    List<ObjectNode> levels = new ArrayList<>();
    addLevels(director, levels);
    ObjectNode level = oneOf(levels);
    ObjectNode other = SpecWriter.bucket(specs.bucket());
    other.remove(BUCKETS);
    if (random.nextInt(3) > 0 || !(level.get(BUCKETS) instanceof ObjectNode children)) {
      changeThings(level.withObjectProperty(BUCKETS), other);
    } else if (!children.isEmpty()) {
      String name = oneOf(names(children));
      JsonNode moved = children.remove(name);
      oneOf(levels).withObjectProperty(BUCKETS).set(name, moved);
    }
  }

  /** Every object that has buckets or can have. */
  private static void addLevels(ObjectNode parent, List<ObjectNode> into) {
    into.add(parent);
    if (parent.get(BUCKETS) instanceof ObjectNode children) {
      children.forEach(child -> addLevels((ObjectNode) child, into));
    }
  }

  private void shuffle(ObjectNode things) {
    List<String> names = names(things);
    Collections.shuffle(names, random);
    ObjectNode shuffled = JsonNodeFactory.instance.objectNode();
    names.forEach(name -> shuffled.set(name, things.get(name)));
    things.removeAll();
    things.setAll(shuffled);
  }

  private static List<String> names(JsonNode json) {
    List<String> names = new ArrayList<>();
    json.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private String newName() {
    return "new" + random.nextInt(4);
  }

  private <T> T oneOf(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
