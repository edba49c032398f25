package dev.usher.it.storm;

import dev.usher.it.harness.Answer;
import dev.usher.it.harness.Arrival;

/**
 * What belongs to a request of some id, so that nobody can be given what is another one's: it is in
 * the target, in a field and in the body, and in the field and the body of the answer.
 */
final class Echo {
  static final String FIELD = "X-Echo";
  static final String DEADLINE = "X-Request-Deadline-Ms";

  /** The deadline as the client has said it, which the sidecar does not know. */
  static final String SAID_DEADLINE = "X-Said-Deadline-Ms";

  private Echo() {}

  static String id(String target) {
    return target.substring(target.lastIndexOf('/') + 1);
  }

  static String field(String id) {
    return FIELD + ": " + id;
  }

  /** The body of a request. */
  static String upload(String id) {
    return id + "\n" + "u".repeat(Math.floorMod(id.hashCode(), 3_000));
  }

  /** The body of an answer: some are longer than any buffer on the way. */
  static String download(String id) {
    int hash = Math.floorMod(id.hashCode() * 31, 3_000);
    return id + "\n" + "d".repeat(hash < 100 ? 50_000 + hash : hash);
  }

  /**
   * Whether what has reached a backend is one request and not parts of several, and says of its
   * deadline no more time than its client has said.
   */
  static boolean isWhole(Arrival arrival) {
    String id = id(arrival.target());
    return arrival.head().get(FIELD).equals(id)
        && millis(arrival, DEADLINE) <= millis(arrival, SAID_DEADLINE)
        && arrival.head().has(DEADLINE) == arrival.head().has(SAID_DEADLINE)
        && (!arrival.method().equals("POST") || arrival.bodyText().equals(upload(id)));
  }

  private static int millis(Arrival arrival, String field) {
    return arrival.head().has(field) ? Integer.parseInt(arrival.head().get(field)) : 0;
  }

  static boolean isAnswerTo(String id, Answer answer) {
    return answer.get(FIELD).equals(id) && answer.text().equals(download(id));
  }
}
