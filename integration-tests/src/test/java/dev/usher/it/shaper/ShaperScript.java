package dev.usher.it.shaper;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.usher.it.harness.Arrival;
import dev.usher.it.harness.Await;
import dev.usher.it.harness.GateBackend;
import dev.usher.it.harness.RawClient;
import dev.usher.it.harness.TestDirector;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Requests of several buckets against one gated backend. After each step it waits until the
 * sidecar's books and the backend's agree, so who is in flight is exact.
 */
final class ShaperScript {
  private final TestDirector app;
  private final GateBackend backend;
  private final Map<String, Deque<RawClient>> clients = new HashMap<>();
  private int outstanding;
  private int sent;

  ShaperScript(TestDirector app, GateBackend backend) {
    this.app = app;
    this.backend = backend;
  }

  /** Sends requests of a bucket, one after the other. */
  ShaperScript ask(String bucket, int requests) {
    for (int i = 0; i < requests; i++) {
      String label = bucket + "/" + sent++;
      outstanding++;
      clients.computeIfAbsent(bucket, b -> new ArrayDeque<>()).add(app.sendTagged(bucket, label));
      settle();
    }
    return this;
  }

  /** Ends the oldest request in flight of each of these buckets, one after the other. */
  ShaperScript release(String... buckets) {
    for (String bucket : buckets) {
      Arrival oldest =
          backend.inFlight().stream()
              .filter(arrival -> bucketOf(arrival).equals(bucket))
              .findFirst()
              .orElseThrow(() -> new AssertionError("none of " + bucket + " in " + held()));
      oldest.answer();
      outstanding--;
      settle();
    }
    return this;
  }

  /** Runs a step such as {@code +vip} or {@code -vip}. */
  ShaperScript step(String text) {
    String bucket = text.substring(1);
    return text.charAt(0) == '+' ? ask(bucket, 1) : release(bucket);
  }

  private void settle() {
    Await.until(
        "books and backend agree on " + outstanding,
        () -> {
          JsonNode stats = app.view().at("/stats");
          int load = stats.at("/load/current").asInt();
          return load + stats.at("/queued/current").asInt() == outstanding
              && backend.inFlightCount() == load;
        });
  }

  /** Requests in flight by bucket, as {@code root=1 vip=3}. */
  String held() {
    Map<String, Integer> counts = new TreeMap<>();
    backend.inFlight().forEach(arrival -> counts.merge(bucketOf(arrival), 1, Integer::sum));
    List<String> words = new ArrayList<>();
    counts.forEach((bucket, count) -> words.add(bucket + "=" + count));
    return String.join(" ", words);
  }

  private String bucketOf(Arrival arrival) {
    return arrival.target().substring(app.path("").length()).split("/", 2)[0];
  }

  /** Opens the gate for good and reads every answer. */
  void finish() {
    backend.open();
    clients.values().stream()
        .flatMap(Deque::stream)
        .forEach(client -> assertThat(client.read().status()).isEqualTo(200));
    app.awaitRest();
  }
}
