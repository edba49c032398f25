package dev.usher.it.storm;

import dev.usher.it.harness.Answer;
import dev.usher.it.harness.Arrival;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/** Every request, what it met and how it ended; judges each when it ends. Any thread. */
final class Tally {
  private static final String CUT = "cut";
  private static final String LEFT = "left";

  private final Map<String, Request> requests = new ConcurrentHashMap<>();
  private final Map<String, LongAdder> sentByBucket = new ConcurrentHashMap<>();
  private final Map<String, Trail> trails = new ConcurrentHashMap<>();
  private final Map<String, LongAdder> ends = new ConcurrentSkipListMap<>();
  private final Queue<String> wrong = new ConcurrentLinkedQueue<>();

  void sent(Request request) {
    requests.put(request.id(), request);
    sentByBucket.computeIfAbsent(request.bucket(), name -> new LongAdder()).increment();
  }

  void arrived(Arrival arrival, Trail.Stop stop) {
    trails.computeIfAbsent(Echo.id(arrival.target()), id -> new Trail()).add(stop);
  }

  void wrong(String what) {
    wrong.add(what);
  }

  void left() {
    count(LEFT);
  }

  /** Returns whether the connection can be used again. */
  boolean answered(Request request, Answer answer) {
    if (answer.complete()) {
      count((answer.status() + " " + answer.reason()).strip());
      String complaint = Judgement.of(request, answer, trail(request));
      if (!complaint.isEmpty()) {
        wrong("%s: %s: %s, %s".formatted(request, complaint, answer.head(), trail(request)));
      }
    } else {
      cut(request, answer.head().toString());
    }
    judgeTime(request);
    return answer.complete() && !answer.get("Connection").equalsIgnoreCase("close");
  }

  void cutWithoutHead(Request request, Throwable how) {
    cut(request, how.toString());
    judgeTime(request);
  }

  /** A deadline cuts too, if some of the answer has gone out. */
  private void cut(Request request, String how) {
    count(CUT);
    if (!trail(request).isBroken() && request.tookMs() < request.limitMs()) {
      wrong("%s: cut by nobody: %s, %s".formatted(request, how, trail(request)));
    }
  }

  private void judgeTime(Request request) {
    if (request.tookMs() > request.limitMs() + Rules.LATE_MS) {
      wrong("%s: waited longer than it may".formatted(request));
    }
  }

  private void count(String end) {
    ends.computeIfAbsent(end, name -> new LongAdder()).increment();
  }

  Trail trail(Request request) {
    return trails.getOrDefault(request.id(), Trail.NONE);
  }

  Iterable<Request> requests() {
    return requests.values();
  }

  long sent() {
    return requests.size();
  }

  long sentTo(String bucket) {
    return count(sentByBucket, bucket);
  }

  long ended() {
    return ends.values().stream().mapToLong(LongAdder::sum).sum();
  }

  long leftEarly() {
    return count(ends, LEFT);
  }

  long cuts() {
    return count(ends, CUT);
  }

  /** How many ended with that status and reason. */
  long endedWith(String statusAndReason) {
    return count(ends, statusAndReason);
  }

  /** How many were told 503 by the sidecar. */
  long refused() {
    return ends.entrySet().stream()
        .filter(each -> each.getKey().startsWith("503 "))
        .mapToLong(each -> each.getValue().sum())
        .sum();
  }

  private static long count(Map<String, LongAdder> counts, String name) {
    LongAdder known = counts.get(name);
    return known == null ? 0 : known.sum();
  }

  Queue<String> wrong() {
    return wrong;
  }

  @Override
  public String toString() {
    return "sent %d: %s".formatted(sent(), ends);
  }
}
