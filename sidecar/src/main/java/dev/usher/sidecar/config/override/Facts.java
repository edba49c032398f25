package dev.usher.sidecar.config.override;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.bucket.BucketName;
import dev.usher.sidecar.config.InvalidConfiguration;
import dev.usher.sidecar.config.SpecReader;
import dev.usher.sidecar.config.SpecWriter;
import dev.usher.sidecar.director.spec.DirectorSpec;
import dev.usher.unit.InvalidValue;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;

/** A director as values that each stand alone. */
record Facts(Things settings, Things backends, Things buckets) {
  private static final String ALL_SETTINGS = "settings";

  /** What a director consists of. */
  enum Kind {
    SETTINGS,
    BACKENDS,
    BUCKETS;

    String key() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static Facts of(DirectorSpec spec) {
    ObjectNode json = SpecWriter.director(spec);
    Facts facts = new Facts(new Things(), new Things(), new Things());
    json.remove(Kind.BACKENDS.key())
        .properties()
        .forEach(one -> facts.backends.add(one.getKey(), withoutReason(one.getValue())));
    facts.buckets.addTree(BucketName.ROOT, json.remove(Kind.BUCKETS.key()));
    facts.settings.add(ALL_SETTINGS, json);
    return facts;
  }

  private static ObjectNode withoutReason(JsonNode backend) {
    ObjectNode json = (ObjectNode) backend;
    json.remove(Reasons.KEY);
    return json;
  }

  /** Of a director of which nothing is said. */
  static Facts none() {
    Things settings = new Things();
    settings.add(ALL_SETTINGS, JsonNodeFactory.instance.objectNode());
    return new Facts(settings, new Things(), new Things());
  }

  Facts copy() {
    return new Facts(settings.copy(), backends.copy(), buckets.copy());
  }

  /** The same, backends and buckets in the order of {@code first}. */
  Facts inOrder(Function<Kind, Collection<String>> first) {
    return new Facts(
        settings,
        backends.inOrder(first.apply(Kind.BACKENDS)),
        buckets.inOrder(first.apply(Kind.BUCKETS)));
  }

  Things of(Kind kind) {
    return switch (kind) {
      case SETTINGS -> settings;
      case BACKENDS -> backends;
      case BUCKETS -> buckets;
    };
  }

  /** Where a thing stands in a document; empty for the settings. */
  String path(Kind kind, String name) {
    return switch (kind) {
      case SETTINGS -> "";
      case BACKENDS -> "backends." + name;
      case BUCKETS -> bucketPath(name);
    };
  }

  /** The paths of a thing and of all that it is in; names may have dots, so texts do not tell. */
  Set<String> paths(Kind kind, String name) {
    Set<String> paths = new LinkedHashSet<>();
    if (kind == Kind.BUCKETS && buckets.has(buckets.parent(name))) {
      paths.addAll(paths(kind, buckets.parent(name)));
    }
    String path = path(kind, name);
    if (!path.isEmpty()) {
      paths.add(path.substring(0, path.length() - name.length() - 1));
      paths.add(path);
    }
    return paths;
  }

  private String bucketPath(String name) {
    String parent = buckets.parent(name);
    return (buckets.has(parent) ? bucketPath(parent) + "." : "") + "buckets." + name;
  }

  /**
   * The director that has these values.
   *
   * @throws InvalidConfiguration when they do not fit together
   * @throws InvalidValue when a bucket has no way up to the root
   */
  DirectorSpec spec(String name) throws InvalidConfiguration {
    checkTree();
    ObjectNode json = settings.document(ALL_SETTINGS, Set.of());
    json.set(Kind.BACKENDS.key(), backends.documents());
    json.set(Kind.BUCKETS.key(), buckets.documents());
    return SpecReader.director(name, json);
  }

  private void checkTree() {
    Set<String> lost = new HashSet<>(buckets.names());
    lost.removeAll(buckets.attached());
    for (String name : buckets.names()) {
      if (lost.contains(name)) {
        String wanted = "a bucket that is there and not below this one";
        throw InvalidValue.impossible(
            "buckets." + name + "." + Things.PARENT, wanted, buckets.parent(name));
      }
    }
  }
}
