package dev.usher.sidecar.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.sidecar.config.InvalidConfiguration;
import dev.usher.sidecar.config.JsonDocuments;
import dev.usher.sidecar.director.change.Memory;
import dev.usher.sidecar.health.HealthState;
import dev.usher.sidecar.shaper.BucketView.Stats;
import dev.usher.sidecar.stats.Level;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Memories as JSON; {@code at-ms} and {@code since-ms} are times since the epoch. */
final class MemoryCodec {
  private static final int SECONDS = 60;

  private MemoryCodec() {}

  static byte[] encode(Memory memory) {
    return json(memory).toString().getBytes(StandardCharsets.UTF_8);
  }

  private static ObjectNode json(Memory memory) {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("at-ms", memory.epochMillis());
    json.set("load", level(memory.load()));
    json.set("queued", level(memory.queued()));
    json.put("dropped", memory.dropped()).put("unknown-bucket", memory.unknownBucket());
    ObjectNode backends = json.putObject("backends");
    memory.backends().forEach((name, backend) -> backends.set(name, backend(backend)));
    ObjectNode buckets = json.putObject("buckets");
    memory.buckets().forEach((name, stats) -> buckets.set(name, stats(stats)));
    return json;
  }

  static ObjectNode level(Level level) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("max", level.max())
        .put("total", level.total());
  }

  private static ObjectNode backend(Memory.OfBackend backend) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.set("load", level(backend.load()));
    json.put("state", backend.state().name().toLowerCase(Locale.ROOT))
        .put("since-ms", backend.sinceEpochMillis());
    ArrayNode history = json.putArray("history");
    backend.history().forEach(history::add);
    return json;
  }

  static ObjectNode stats(Stats stats) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("granted", stats.granted())
        .put("borrowed", stats.borrowed())
        .put("queued", stats.queued())
        .put("timed-out", stats.timedOut())
        .put("cancelled", stats.cancelled())
        .put("rejected", stats.rejected());
  }

  static Memory decode(byte[] payload) throws Unreadable {
    JsonNode json = parse(payload);
    Map<String, Memory.OfBackend> backends = new HashMap<>();
    for (Map.Entry<String, JsonNode> each : json.path("backends").properties()) {
      backends.put(each.getKey(), backend(each.getValue()));
    }
    Map<String, Stats> buckets = new HashMap<>();
    for (Map.Entry<String, JsonNode> each : json.path("buckets").properties()) {
      buckets.put(each.getKey(), stats(each.getValue()));
    }
    return new Memory(
        number(json, "at-ms"),
        level(json.path("load")),
        level(json.path("queued")),
        number(json, "dropped"),
        number(json, "unknown-bucket"),
        backends,
        buckets);
  }

  private static JsonNode parse(byte[] payload) throws Unreadable {
    try {
      return JsonDocuments.parse(payload);
    } catch (InvalidConfiguration e) {
      throw new Unreadable(e.problems().get(0).text());
    }
  }

  private static Memory.OfBackend backend(JsonNode json) throws Unreadable {
    List<Integer> history = new ArrayList<>(SECONDS);
    for (JsonNode second : json.path("history")) {
      history.add(Math.max(0, second.asInt()));
    }
    if (history.size() > SECONDS) {
      throw new Unreadable("history: want at most 60 numbers, got " + history.size());
    }
    HealthState state =
        json.path("state").asText().equals("offline") ? HealthState.OFFLINE : HealthState.ONLINE;
    return new Memory.OfBackend(level(json.path("load")), state, number(json, "since-ms"), history);
  }

  private static Stats stats(JsonNode json) throws Unreadable {
    return new Stats(
        number(json, "granted"),
        number(json, "borrowed"),
        number(json, "queued"),
        number(json, "timed-out"),
        number(json, "cancelled"),
        number(json, "rejected"));
  }

  private static Level level(JsonNode json) throws Unreadable {
    return new Level(0, json.path("max").asInt(), number(json, "total"));
  }

  private static long number(JsonNode json, String key) throws Unreadable {
    JsonNode value = json.path(key);
    if (!value.isIntegralNumber() || value.asLong() < 0) {
      throw new Unreadable("%s: want a number, got %s".formatted(key, value));
    }
    return value.asLong();
  }
}
