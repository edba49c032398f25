package dev.usher.it.storm;

import java.util.ArrayList;
import java.util.List;

/**
 * A request of a client.
 *
 * @param bucket the tag, "root" for none
 * @param deadlineMs what it says; 0 for nothing
 * @param nanos when it was sent
 */
record Request(String id, boolean post, String bucket, int deadlineMs, long nanos) {

  String target() {
    return "/d0/" + id;
  }

  String[] fields() {
    List<String> fields = new ArrayList<>(List.of(Echo.field(id)));
    if (!bucket.equals("root")) {
      fields.add("X-Director-Bucket: " + bucket);
    }
    if (deadlineMs > 0) {
      fields.add(Echo.DEADLINE + ": " + deadlineMs);
      fields.add(Echo.SAID_DEADLINE + ": " + deadlineMs);
    }
    return fields.toArray(new String[0]);
  }

  /** After what time it must be over. */
  int limitMs() {
    return deadlineMs > 0
        ? Math.min(deadlineMs, Rules.REQUEST_TIMEOUT_MS)
        : Rules.REQUEST_TIMEOUT_MS;
  }

  /** Rounded down, so never more than it was. */
  long tookMs() {
    return (System.nanoTime() - nanos) / 1_000_000;
  }

  @Override
  public String toString() {
    return "%s %s in %s, deadline %d ms, after %d ms"
        .formatted(post ? "POST" : "GET", id, bucket, deadlineMs, tookMs());
  }
}
