package dev.usher.sidecar.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.sidecar.config.InvalidConfiguration;
import dev.usher.sidecar.config.JsonDocuments;
import dev.usher.sidecar.director.change.Memory;
import dev.usher.sidecar.health.HealthState;
import dev.usher.sidecar.shaper.BucketMemory;
import dev.usher.sidecar.shaper.BucketView.Stats;
import dev.usher.sidecar.stats.Level;
import dev.usher.sidecar.stats.Retries;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Memories as JSON; {@code at-ms} and {@code since-ms} are times since the epoch. */
final class MemoryCodec {
  private static final int SECONDS = 60;
  private static final String HISTORY = "history";
  private static final String RETRIES = "retries";
  private static final String RETRY_BUDGET_EXHAUSTED = "retry-budget-exhausted";
  private static final String DEADLINE_EXCEEDED = "deadline-exceeded";
  private static final List<Integer> IDLE = Collections.nCopies(SECONDS, 0);

  private MemoryCodec() {}

  static byte[] encode(Memory memory) {
    return json(memory).toString().getBytes(StandardCharsets.UTF_8);
  }

  private static ObjectNode json(Memory memory) {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("at-ms", memory.epochMillis());
    json.set("load", level(memory.load()));
    json.set("queued", level(memory.queued()));
    json.put("dropped", memory.dropped()).put("unknown-bucket", memory.unknownBucket());
    putRetries(json, memory.retries());
    putCount(json, DEADLINE_EXCEEDED, memory.deadlineExceeded());
    putHistory(json, memory.history());
    ObjectNode backends = json.putObject("backends");
    memory.backends().forEach((name, backend) -> backends.set(name, backend(backend)));
    ObjectNode buckets = json.putObject("buckets");
    memory.buckets().forEach((name, bucket) -> buckets.set(name, bucket(bucket)));
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
    putHistory(json, backend.history());
    return json;
  }

  private static ObjectNode bucket(BucketMemory bucket) {
    ObjectNode json = stats(bucket.stats());
    putHistory(json, bucket.history());
    return json;
  }

  /** Most buckets of most directors have been idle for a minute: that takes no room. */
  private static void putHistory(ObjectNode json, List<Integer> history) {
    if (history.stream().anyMatch(second -> second > 0)) {
      json.set(HISTORY, history(history));
    }
  }

  static ArrayNode history(List<Integer> history) {
    ArrayNode json = JsonNodeFactory.instance.arrayNode();
    history.forEach(json::add);
    return json;
  }

  /** None of them is known of what was written before they were counted: zero is not written. */
  static void putRetries(ObjectNode json, Retries retries) {
    putCount(json, RETRIES, retries.made());
    putCount(json, RETRY_BUDGET_EXHAUSTED, retries.refused());
  }

  static void putCount(ObjectNode json, String key, long count) {
    if (count > 0) {
      json.put(key, count);
    }
  }

  static ObjectNode stats(Stats stats) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("granted", stats.granted())
        .put("borrowed", stats.borrowed())
        .put("queued", stats.queued())
        .put("timed-out", stats.timedOut())
        .put("cancelled", stats.cancelled())
        .put("rejected", stats.rejected());
    putRetries(json, stats.retries());
    return json;
  }

  static Memory decode(byte[] payload) throws Unreadable {
    JsonNode json = parse(payload);
    Map<String, Memory.OfBackend> backends = new HashMap<>();
    for (Map.Entry<String, JsonNode> each : json.path("backends").properties()) {
      backends.put(each.getKey(), backend(each.getValue()));
    }
    Map<String, BucketMemory> buckets = new HashMap<>();
    for (Map.Entry<String, JsonNode> each : json.path("buckets").properties()) {
      JsonNode bucket = each.getValue();
      buckets.put(each.getKey(), new BucketMemory(stats(bucket), history(bucket)));
    }
    return new Memory(
        number(json, "at-ms"),
        level(json.path("load")),
        level(json.path("queued")),
        number(json, "dropped"),
        number(json, "unknown-bucket"),
        retries(json),
        numberOrZero(json, DEADLINE_EXCEEDED),
        history(json),
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
    HealthState state =
        json.path("state").asText().equals("offline") ? HealthState.OFFLINE : HealthState.ONLINE;
    return new Memory.OfBackend(
        level(json.path("load")), state, number(json, "since-ms"), history(json));
  }

  private static List<Integer> history(JsonNode json) throws Unreadable {
    if (!json.has(HISTORY)) {
      return IDLE;
    }
    List<Integer> history = new ArrayList<>(SECONDS);
    for (JsonNode second : json.path(HISTORY)) {
      history.add(Math.max(0, second.asInt()));
    }
    if (history.size() > SECONDS) {
      throw new Unreadable("history: want at most 60 numbers, got " + history.size());
    }
    return history;
  }

  private static Stats stats(JsonNode json) throws Unreadable {
    return new Stats(
        number(json, "granted"),
        number(json, "borrowed"),
        number(json, "queued"),
        number(json, "timed-out"),
        number(json, "cancelled"),
        number(json, "rejected"),
        retries(json));
  }

  private static Retries retries(JsonNode json) throws Unreadable {
    return new Retries(numberOrZero(json, RETRIES), numberOrZero(json, RETRY_BUDGET_EXHAUSTED));
  }

  private static long numberOrZero(JsonNode json, String key) throws Unreadable {
    return json.has(key) ? number(json, key) : 0;
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
