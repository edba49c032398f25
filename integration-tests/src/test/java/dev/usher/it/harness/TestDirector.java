package dev.usher.it.harness;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** A director that a test has created, and the requests sent to it. The test's thread only. */
public final class TestDirector {
  private final Stage stage;
  private final String name;

  TestDirector(Stage stage, String name) {
    this.stage = stage;
    this.name = name;
  }

  public String name() {
    return name;
  }

  /** Its resource in the admin API. */
  public String api() {
    return "/director/" + name;
  }

  /** The path of a request that is routed to it. */
  public String path(String rest) {
    return "/" + name + "/" + rest;
  }

  /** Sends a request without waiting for anything. */
  public RawClient send(String label, String... fields) {
    return stage.client().get(path(label), fields);
  }

  /** Sends a request with a bucket's tag without waiting for anything. */
  public RawClient sendTagged(String bucket, String label) {
    return send(label, "X-Director-Bucket: " + bucket);
  }

  /** Sends a request and waits until it is either at a backend or in a queue. */
  public RawClient enter(String bucket, String label) {
    long before = entered();
    RawClient client = sendTagged(bucket, label);
    Await.until(label + " has entered", () -> entered() > before);
    return client;
  }

  /** How many requests are at backends or queued. */
  private long entered() {
    JsonNode now = view();
    return now.at("/stats/load/current").asLong() + now.at("/stats/queued/current").asLong();
  }

  public JsonNode view() {
    return stage.admin().read(api());
  }

  public JsonNode config() {
    return stage.admin().read(api() + "/config");
  }

  public Reply post(String json) {
    return stage.admin().post(api(), json);
  }

  public Reply postBackend(String backend, String json) {
    return stage.admin().post(api() + "/backends/" + backend, json);
  }

  public Reply postBucket(String bucket, String json) {
    return stage.admin().post(api() + "/buckets/" + bucket, json);
  }

  public JsonNode backend(String backend) {
    return stage.admin().read(api() + "/backends/" + backend);
  }

  /** A backend's health state. */
  public String health(String backend) {
    return backend(backend).at("/health/state").asText();
  }

  public void awaitHealth(String backend, String state) {
    Await.until(backend + " is " + state, () -> health(backend).equals(state));
  }

  public int load() {
    return view().at("/stats/load/current").asInt();
  }

  public int queued() {
    return view().at("/stats/queued/current").asInt();
  }

  public int capacity() {
    return view().at("/capacity").asInt();
  }

  public void awaitQueued(int waiters) {
    Await.until(waiters + " are queued in " + name, () -> queued() == waiters);
  }

  public void awaitLoad(int requests) {
    Await.until(requests + " are at backends of " + name, () -> load() == requests);
  }

  public void awaitCapacity(int tokens) {
    Await.until("the capacity of " + name + " is " + tokens, () -> capacity() == tokens);
  }

  /** Waits until nothing is held or waits, anywhere in the tree. */
  public void awaitRest() {
    Await.until(name + " is at rest", () -> isAtRest(view()));
  }

  /** Whether nothing is held or waits in a director's state, anywhere in the tree. */
  public static boolean isAtRest(JsonNode director) {
    return director.at("/stats/load/current").asInt(-1) == 0
        && director.at("/stats/queued/current").asInt(-1) == 0
        && isNodeAtRest(director.at("/shaper"));
  }

  private static boolean isNodeAtRest(JsonNode node) {
    boolean rest = node.at("/actual").asInt(-1) == 0 && node.at("/queued").asInt(-1) == 0;
    for (JsonNode child : node.at("/buckets")) {
      rest = rest && isNodeAtRest(child);
    }
    return rest;
  }

  /** The node of that name in the tree. */
  public JsonNode bucket(String bucket) {
    JsonNode found = find(view().at("/shaper"), bucket);
    if (found == null) {
      throw new AssertionError("no bucket " + bucket + " in " + view());
    }
    return found;
  }

  private static @Nullable JsonNode find(JsonNode node, String bucket) {
    if (node.at("/name").asText().equals(bucket)) {
      return node;
    }
    for (JsonNode child : node.at("/buckets")) {
      JsonNode found = find(child, bucket);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  public int held(String bucket) {
    return bucket(bucket).at("/actual").asInt();
  }

  public int waiting(String bucket) {
    return bucket(bucket).at("/queued").asInt();
  }
}
