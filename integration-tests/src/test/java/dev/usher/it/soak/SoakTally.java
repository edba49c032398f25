package dev.usher.it.soak;

import dev.usher.it.harness.Answer;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;

/** What became of every request. Any thread. */
final class SoakTally {
  /** What the sidecar may say while backends die. */
  private static final Set<String> EXPECTED =
      Set.of(
          "503 queue-full",
          "503 queue-timeout",
          "503 retries-exhausted",
          "503 retry-budget",
          "503 unavailable",
          "502 connection-reset");

  private final LongAdder sent = new LongAdder();
  private final LongAdder left = new LongAdder();
  private final LongAdder cut = new LongAdder();
  private final Map<String, LongAdder> answers = new ConcurrentHashMap<>();
  private final Queue<String> wrong = new ConcurrentLinkedQueue<>();

  void sent() {
    sent.increment();
  }

  void left() {
    left.increment();
  }

  void lost(String what) {
    wrong.add(what);
  }

  void answered(String target, boolean post, Answer answer) {
    String kind = (answer.status() + " " + answer.reason()).strip();
    answers.computeIfAbsent(kind, k -> new LongAdder()).increment();
    if (answer.status() == 200) {
      if (!answer.complete()) {
        cut.increment();
      } else if (!answer.text().startsWith(target + "\n")) {
        wrong.add(target + " got the answer to " + answer.text());
      }
    } else if (!EXPECTED.contains(kind)) {
      wrong.add(target + " got " + kind);
    } else if (answer.status() == 502 && !post) {
      wrong.add(target + " is a GET and was not repeated: " + kind);
    }
  }

  /** Requests of which is known how they ended. */
  long ended() {
    return left.sum() + answers.values().stream().mapToLong(LongAdder::sum).sum();
  }

  long sentSoFar() {
    return sent.sum();
  }

  /** Responses that a dying backend broke off. */
  long cutSoFar() {
    return cut.sum();
  }

  Queue<String> wrong() {
    return wrong;
  }

  @Override
  public String toString() {
    return "sent %s, left on purpose %s, broken off %s, answers %s"
        .formatted(sent, left, cut, answers);
  }
}
