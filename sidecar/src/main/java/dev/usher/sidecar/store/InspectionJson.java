package dev.usher.sidecar.store;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.sidecar.config.SpecWriter;
import dev.usher.sidecar.config.override.Overrides;
import dev.usher.sidecar.director.change.Definition;
import dev.usher.sidecar.director.change.Origin;
import dev.usher.sidecar.store.Inspection.Kept;

/** An inspection as JSON, with the names that the configuration and the admin API have. [any] */
public final class InspectionJson {
  private InspectionJson() {}

  /** One object, with line breaks. */
  public static String of(Inspection inspection) {
    ObjectNode json = object();
    json.put("folder", inspection.folder().toString()).put("whole", inspection.isWhole());
    ArrayNode files = json.putArray("files");
    for (Inspection.KeptFile file : inspection.files()) {
      ObjectNode each =
          files
              .addObject()
              .put("name", file.name())
              .put("size-bytes", file.sizeBytes())
              .put("records", file.records());
      if (file.fill() >= 0) {
        each.put("fill", file.fill());
      }
      file.damage().forEach(each.putArray("damage")::add);
    }
    ObjectNode directors = json.putObject("directors");
    inspection.directors().forEach(kept -> directors.set(kept.name(), of(kept)));
    return json.toPrettyString();
  }

  private static ObjectNode of(Kept kept) {
    if (kept instanceof Kept.Unreadable unreadable) {
      return object().put("unreadable", unreadable.why());
    }
    if (kept instanceof Kept.Removed removed) {
      ObjectNode json = object().put("origin", "removed");
      json.set("written", SpecWriter.director(removed.written()));
      return json;
    }
    Kept.Alive alive = (Kept.Alive) kept;
    Definition definition = alive.definition();
    ObjectNode json = DefinitionCodec.json(definition);
    if (definition.origin() instanceof Origin.File file) {
      ArrayNode overrides = json.putArray("overrides");
      Overrides.between(file.written(), definition.spec())
          .forEach(
              override -> {
                ObjectNode each = overrides.addObject().put("field", override.field());
                each.set("file", override.before());
                each.set("in-force", override.after());
              });
    }
    if (alive.memory() != null) {
      json.set("memory", MemoryCodec.json(alive.memory()));
    }
    return json;
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
