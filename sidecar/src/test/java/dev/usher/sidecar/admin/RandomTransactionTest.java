package dev.usher.sidecar.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.sidecar.admin.AdminServer.Reply;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A transaction does what its dry run says, and what its changes do one after the other. */
class RandomTransactionTest {
  private static final int RUNS = 300;
  private static final List<String> DIRECTORS = List.of("a", "b", "c");
  private static final List<String> NAMES = List.of("x", "y", "z");

  private static AdminServer server;
  private static AdminServer stepwise;

  @BeforeAll
  static void start() {
    server = new AdminServer();
    stepwise = new AdminServer();
  }

  @AfterAll
  static void stop() {
    server.close();
    stepwise.close();
  }

  @Test
  void it_is_the_same_as_its_dry_run_and_as_its_changes_one_by_one() {
    int applied = 0;
    for (long seed = 0; seed < RUNS; seed++) {
      ObjectNode transaction = transaction(new Random(seed));
      JsonNode before = configs(server);

      Reply dry = server.post("/transaction?dry-run=true", transaction.toString());
      assertThat(configs(server)).as("seed %d", seed).isEqualTo(before);
      Reply real = server.post("/transaction", transaction.toString());

      assertThat(real.status()).as("seed %d", seed).isEqualTo(dry.status());
      assertThat(withoutTags(real)).as("seed %d", seed).isEqualTo(withoutTags(dry));
      int alone = oneByOne(transaction);
      assertThat(real.status()).as("seed %d", seed).isEqualTo(alone);
      if (alone == 200) {
        applied++;
        assertThat(configs(server)).as("seed %d", seed).isEqualTo(configs(stepwise));
      } else {
        assertThat(configs(server)).as("seed %d", seed).isEqualTo(before);
        level(before);
      }
    }
    assertThat(applied).isBetween(RUNS / 10, RUNS * 9 / 10);
  }

  private static ObjectNode transaction(Random random) {
    ObjectNode json = AdminServer.JSON.createObjectNode();
    ArrayNode changes = json.putArray("changes");
    for (int i = random.nextInt(6); i >= 0; i--) {
      String director = "/director/" + oneOf(DIRECTORS, random);
      // What follows the removal of a director is refused, but not after its removal alone.
      switch (random.nextInt(3)) {
        case 0 -> change(changes, random, i == 0, director, "{\"queue-limit\":%d}");
        case 1 ->
            change(
                changes,
                random,
                true,
                director + "/backends/" + oneOf(NAMES, random),
                "{\"url\":\"http://h\",\"capacity\":%d}");
        default ->
            change(
                changes,
                random,
                true,
                director + "/buckets/" + oneOf(NAMES, random) + parent(random),
                "{\"rate\":\"%d%%\"}");
      }
    }
    return json;
  }

  private static String parent(Random random) {
    return random.nextInt(4) == 0 ? "?parent=" + oneOf(NAMES, random) : "";
  }

  private static void change(
      ArrayNode changes, Random random, boolean mayRemove, String path, String body) {
    boolean removal = mayRemove && random.nextInt(6) == 0;
    String method = removal ? "DELETE" : oneOf(List.of("PUT", "PUT", "POST"), random);
    boolean plain = removal && path.contains("?");
    ObjectNode change = changes.addObject();
    change.put("method", method).put("path", plain ? path.substring(0, path.indexOf('?')) : path);
    if (!removal) {
      int value = random.nextInt(9) == 0 ? -1 : 1 + random.nextInt(70);
      change.set("body", parsed(body.formatted(value)));
    }
  }

  private static JsonNode parsed(String json) {
    try {
      return AdminServer.JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new AssertionError(json, e);
    }
  }

  /** The status of the first change that is refused, else 200. */
  private static int oneByOne(ObjectNode transaction) {
    int first = 200;
    for (JsonNode change : transaction.path("changes")) {
      String body = change.has("body") ? change.path("body").toString() : null;
      Reply reply =
          stepwise.send(change.path("method").asText(), change.path("path").asText(), body);
      if (reply.status() >= 400 && first == 200) {
        first = reply.status();
      }
    }
    return first;
  }

  /** Makes the other server what this one is. */
  private static void level(JsonNode configs) {
    for (String director : DIRECTORS) {
      stepwise.delete("/director/" + director);
      if (configs.has(director)) {
        stepwise.put("/director/" + director, configs.path(director).toString());
      }
    }
  }

  private static ObjectNode configs(AdminServer from) {
    ObjectNode all = AdminServer.JSON.createObjectNode();
    for (String director : DIRECTORS) {
      Reply reply = from.get("/director/" + director + "/config");
      if (reply.status() == 200) {
        all.set(director, reply.json());
      }
    }
    return all;
  }

  private static JsonNode withoutTags(Reply reply) {
    ObjectNode json = (ObjectNode) reply.json();
    json.remove("dry-run");
    json.path("directors").forEach(director -> ((ObjectNode) director).remove("etag"));
    return json;
  }

  private static <T> T oneOf(List<T> choices, Random random) {
    return choices.get(random.nextInt(choices.size()));
  }
}
