package dev.usher.it.storm;

import dev.usher.it.harness.Answer;

/** Whether a whole answer is one that its request may have, as the README's table says. */
final class Judgement {
  private static final String FINE = "";

  private Judgement() {}

  /** What is wrong with it; empty for nothing. */
  static String of(Request request, Answer answer, Trail trail) {
    if (answer.reason().isEmpty()) {
      return ofBackends(request, answer, trail);
    }
    String kind = answer.status() + " " + answer.reason();
    return switch (kind) {
      case "503 queue-full", "503 retries-exhausted", "503 retry-budget" -> FINE;
      case "503 queue-timeout" -> notBefore(Rules.QUEUE_TIMEOUT_MS, request);
      case "504 deadline" -> notBefore(request.limitMs(), request);
      case "504 backend-timeout" -> notBefore(Rules.STALL_TIMEOUT_MS, request);
      case "502 broken-response" -> trail.isBroken() ? FINE : "no backend has broken it";
      // A connection that dies may take a request with it that the backend has not read.
      case "502 connection-reset" ->
          request.post() && trail.arrivals() <= 1 ? FINE : "it could have been repeated";
      default -> "no such refusal was to be expected";
    };
  }

  private static String ofBackends(Request request, Answer answer, Trail trail) {
    if (!Echo.isAnswerTo(request.id(), answer)) {
      return "another one's answer, or not a right one";
    }
    return trail.hasStatus(answer.status()) ? FINE : "no backend has said that status";
  }

  private static String notBefore(int millis, Request request) {
    return request.tookMs() >= millis ? FINE : "too early";
  }
}
