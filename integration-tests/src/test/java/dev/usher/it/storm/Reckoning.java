package dev.usher.it.storm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * What clients, backends and the API tell of the same requests must fit. Clients that left early do
 * not know how their requests ended, so each may be behind one more or one less of a counter.
 */
final class Reckoning {
  private final Tally tally;
  private final JsonNode director;

  /**
   * @param director what the API tells when all is over
   */
  Reckoning(Tally tally, JsonNode director) {
    this.tally = tally;
    this.director = director;
  }

  void check(long seconds) {
    assertThat(tally.wrong()).isEmpty();
    assertThat(tally.ended()).as("requests that ended").isEqualTo(tally.sent());
    noRequestWasSentTooOften();
    attemptsAreRequestsAndRetries();
    countersFitTheClients();
    admissionsFitTheClients();
    retriesAreWithinTheirBudget(seconds);
  }

  private void noRequestWasSentTooOften() {
    for (Request request : tally.requests()) {
      Trail trail = tally.trail(request);
      int most = request.post() ? 1 : 1 + Rules.MAX_RETRIES;
      int attempts = request.post() ? trail.arrivals() : trail.attempts();
      assertThat(attempts).as("attempts of %s: %s", request, trail).isLessThanOrEqualTo(most);
      assertThat(trail.arrivals()).as("%s: %s", request, trail).isLessThanOrEqualTo(2 * most);
    }
  }

  private void attemptsAreRequestsAndRetries() {
    long attempts = 0;
    for (Request request : tally.requests()) {
      attempts += tally.trail(request).attempts();
    }
    assertThat(attempts).as("attempts").isLessThanOrEqualTo(stat("load/total"));
    assertThat(stat("load/total"))
        .as("attempts that the API tells")
        .isLessThanOrEqualTo(tally.sent() + stat("retries"));
  }

  private void countersFitTheClients() {
    long late = tally.endedWith("504 deadline");
    assertThat(stat("dropped"))
        .as("dropped")
        .isBetween(tally.refused(), tally.refused() + late + tally.leftEarly());
    assertThat(stat("deadline-exceeded"))
        .as("deadline-exceeded")
        .isBetween(late, late + tally.cuts() + tally.leftEarly());
    long spent = tally.endedWith("503 retry-budget");
    assertThat(stat("retry-budget-exhausted"))
        .as("retry-budget-exhausted")
        .isBetween(spent, spent + tally.leftEarly());
  }

  /** Each request, and each retry, was let in, or left the queue, or was turned away. */
  private void admissionsFitTheClients() {
    long granted = bucketSum("granted");
    assertThat(granted).as("granted").isEqualTo(stat("load/total"));
    long all = granted + bucketSum("timed-out") + bucketSum("cancelled") + bucketSum("rejected");
    long asked = tally.sent() + stat("retries");
    assertThat(all)
        .as("admissions")
        .isBetween(asked - tally.leftEarly() - tally.endedWith("504 deadline"), asked);
    assertThat(bucketSum("retries")).as("retries").isEqualTo(stat("retries"));
    assertThat(bucketSum("rejected"))
        .as("rejected")
        .isBetween(
            tally.endedWith("503 queue-full"),
            tally.endedWith("503 queue-full") + tally.leftEarly());
  }

  /**
   * A retry is let in when those of its window are within their share of the window's requests, or
   * as one of the least number of its second. Windows that end with a retry of the first kind, from
   * the last one backwards, do not overlap: so all of that kind are within their share of all
   * requests, however long it lasted.
   */
  private void retriesAreWithinTheirBudget(long seconds) {
    for (JsonNode bucket : buckets()) {
      String name = bucket.at("/name").asText();
      long most =
          tally.sentTo(name) * Rules.BUDGET_PERCENT / 100 + Rules.BUDGET_MIN * (seconds + 1);
      assertThat(bucket.at("/stats/retries").asLong(Long.MAX_VALUE))
          .as("retries of " + name)
          .isLessThanOrEqualTo(most);
    }
  }

  private long stat(String name) {
    JsonNode found = director.at("/stats/" + name);
    assertThat(found.isNumber()).as(name + " in " + director.at("/stats")).isTrue();
    return found.asLong();
  }

  private long bucketSum(String stat) {
    return buckets().stream().mapToLong(each -> each.at("/stats/" + stat).asLong()).sum();
  }

  /** All nodes of the tree; each counts what asked for it by name. */
  private List<JsonNode> buckets() {
    List<JsonNode> all = new ArrayList<>(List.of(director.at("/shaper")));
    for (int i = 0; i < all.size(); i++) {
      all.get(i).at("/buckets").forEach(all::add);
    }
    return all;
  }
}
