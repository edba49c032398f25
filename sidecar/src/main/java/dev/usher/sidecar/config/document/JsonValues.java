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

/** JSON as values without lines. */
public final class JsonValues {
  private final Faults faults;

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
      faults.add(Fault.of(0, path, wanted, "more"));
      return new Refused(0);
    }
    return switch (node.getNodeType()) {
      case OBJECT -> mapping(node, path, depth);
      case ARRAY -> sequence(node, path, depth);
      case STRING -> new Scalar(0, Kind.TEXT, node.textValue());
      case NUMBER -> new Scalar(0, Kind.NUMBER, node.asText());
      case BOOLEAN -> new Scalar(0, Kind.BOOLEAN, node.asText());
      case NULL, MISSING, BINARY, POJO -> new Scalar(0, Kind.NOTHING, "");
    };
  }

  private Value mapping(JsonNode node, String path, int depth) {
    List<Entry> entries = new ArrayList<>();
    node.properties()
        .forEach(
            property -> {
              String key = property.getKey();
              Value value = value(property.getValue(), Fields.under(path, key), depth + 1);
              entries.add(new Entry(key, 0, value));
            });
    return new Mapping(0, entries);
  }

  private Value sequence(JsonNode node, String path, int depth) {
    List<Value> items = new ArrayList<>();
    node.forEach(item -> items.add(value(item, Fields.item(path, items.size()), depth + 1)));
    return new Sequence(0, items);
  }
}
