package dev.usher.sidecar.config.document;

import com.fasterxml.jackson.databind.JsonNode;
import dev.usher.sidecar.config.document.Value.Entry;
import dev.usher.sidecar.config.document.Value.Kind;
import dev.usher.sidecar.config.document.Value.Mapping;
import dev.usher.sidecar.config.document.Value.Refused;
import dev.usher.sidecar.config.document.Value.Scalar;
import dev.usher.sidecar.config.document.Value.Sequence;
import java.util.ArrayList;
import java.util.List;

/** JSON as values without lines, in their order. */
public final class JsonValues {
  private final Faults faults;
  private int rank;

  private JsonValues(Faults faults) {
    this.faults = faults;
  }

  /** The same tree; nesting ends where YAML's ends. */
  public static Value of(JsonNode node, Faults faults) {
    return new JsonValues(faults).value(node, "", 0);
  }

  private Value value(JsonNode node, String path, int depth) {
    if (depth > YamlDocument.MAX_DEPTH) {
      String wanted = "at most " + YamlDocument.MAX_DEPTH + " levels of objects and arrays";
      faults.add(Fault.of(next(), path, wanted, "more"));
      return new Refused(next());
    }
    return switch (node.getNodeType()) {
      case OBJECT -> mapping(node, path, depth);
      case ARRAY -> sequence(node, path, depth);
      case STRING -> new Scalar(next(), Kind.TEXT, node.textValue());
      case NUMBER -> new Scalar(next(), Kind.NUMBER, node.asText());
      case BOOLEAN -> new Scalar(next(), Kind.BOOLEAN, node.asText());
      case NULL, MISSING, BINARY, POJO -> new Scalar(next(), Kind.NOTHING, "");
    };
  }

  private Place next() {
    return new Place(0, ++rank);
  }

  private Value mapping(JsonNode node, String path, int depth) {
    Place start = next();
    List<Entry> entries = new ArrayList<>();
    node.properties()
        .forEach(
            property -> {
              String key = property.getKey();
              Place place = next();
              Value value = value(property.getValue(), Keys.under(path, key), depth + 1);
              entries.add(new Entry(key, place, value));
            });
    return new Mapping(start, entries);
  }

  private Value sequence(JsonNode node, String path, int depth) {
    Place start = next();
    List<Value> items = new ArrayList<>();
    node.forEach(item -> items.add(value(item, Keys.item(path, items.size()), depth + 1)));
    return new Sequence(start, items);
  }
}
