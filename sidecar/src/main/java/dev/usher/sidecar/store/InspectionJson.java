package dev.usher.sidecar.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.sidecar.config.SpecWriter;
import dev.usher.sidecar.config.override.Overrides;
import dev.usher.sidecar.director.change.Definition;
import dev.usher.sidecar.director.change.Memory;
import dev.usher.sidecar.director.change.Origin;
import dev.usher.sidecar.shaper.BucketMemory;
import dev.usher.sidecar.store.Inspection.Kept;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** An inspection as JSON, with the names that the configuration and the admin API have. [any] */
public final class InspectionJson {
  private final Inspection inspection;
  private final long nowMillis;

  /**
   * @param nowMillis since the epoch; what is long ago is told from there, as the admin API does
   */
  public InspectionJson(Inspection inspection, long nowMillis) {
    this.inspection = inspection;
    this.nowMillis = nowMillis;
  }

  /** One object, with line breaks. */
  public String text() {
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

  private ObjectNode of(Kept kept) {
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
                put(each, "file", override.before());
                put(each, "in-force", override.after());
              });
    }
    if (alive.memory() != null) {
      json.set("memory", of(alive.memory()));
    }
    return json;
  }

  private ObjectNode of(Memory memory) {
    ObjectNode json = object().put("age-ms", since(memory.epochMillis()));
    ObjectNode stats = json.putObject("stats");
    stats.set("load", MemoryCodec.level(memory.load()));
    stats.set("queued", MemoryCodec.level(memory.queued()));
    stats.put("dropped", memory.dropped()).put("unknown-bucket", memory.unknownBucket());
    stats
        .put("retries", memory.retries().made())
        .put("retry-budget-exhausted", memory.retries().refused())
        .put("deadline-exceeded", memory.deadlineExceeded());
    json.set("requests-per-second", history(memory.history()));
    ObjectNode buckets = json.putObject("buckets");
    new TreeMap<>(memory.buckets()).forEach((name, of) -> buckets.set(name, of(of)));
    ObjectNode backends = json.putObject("backends");
    new TreeMap<>(memory.backends()).forEach((name, of) -> backends.set(name, of(of)));
    return json;
  }

  private ObjectNode of(Memory.OfBackend backend) {
    ObjectNode json = object();
    json.set("load", MemoryCodec.level(backend.load()));
    json.putObject("health")
        .put("state", backend.state().name().toLowerCase(Locale.ROOT))
        .put("since-ms", since(backend.sinceEpochMillis()));
    json.set("requests-per-second", history(backend.history()));
    return json;
  }

  private static ObjectNode of(BucketMemory bucket) {
    ObjectNode json = object();
    json.set("stats", MemoryCodec.stats(bucket.stats()));
    json.set("requests-per-second", history(bucket.history()));
    return json;
  }

  private static ObjectNode history(List<Integer> seconds) {
    ObjectNode json = object();
    json.set("history", MemoryCodec.history(seconds));
    return json;
  }

  /** A value that is not there has no key, as in the admin API. */
  private static void put(ObjectNode json, String key, @Nullable JsonNode value) {
    if (value != null) {
      json.set(key, value);
    }
  }

  /** A clock may have been set back. */
  private long since(long epochMillis) {
    return Math.max(0, nowMillis - epochMillis);
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
