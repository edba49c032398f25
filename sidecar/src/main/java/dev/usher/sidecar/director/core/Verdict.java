package dev.usher.sidecar.director.core;

import dev.usher.sidecar.director.admission.Outcome;
import dev.usher.sidecar.health.Monitor;
import dev.usher.sidecar.health.outlier.OutlierWatch;

/** What the end of an attempt says of its backend, to those who watch that. [S] */
final class Verdict {
  private Verdict() {}

  /**
   * Of the resets that one request meets only the first counts: the others may be its own doing.
   * What was granted before the backend became another one, recovered, or was taken out, says
   * nothing of now.
   */
  static void tell(Grant grant, Outcome outcome, long nowNanos) {
    if (outcome == Outcome.RESET && grant.job.wasReset) {
      return;
    }
    if (grant.outlierEpoch == grant.slot.outlier.epoch()) {
      tell(grant.slot.outlier, grant, outcome, nowNanos);
    }
    if (grant.healthEpoch == grant.slot.monitor.epoch()) {
      grant.job.wasReset |= outcome == Outcome.RESET;
      tell(grant.slot.monitor, outcome);
    }
  }

  /** What the client or a timeout ended says nothing. */
  private static void tell(Monitor monitor, Outcome outcome) {
    switch (outcome) {
      case SERVED -> monitor.onServed();
      case SERVER_ERROR -> monitor.onServerError();
      case CONNECT_FAILED -> monitor.onFailure("no connection");
      case RESET -> monitor.onFailure("closed before its answer");
      case BROKEN, TIMED_OUT, DEADLINE, CLIENT_GONE -> {}
    }
  }

  /** Whatever is worse than its peers' answers counts, be it a broken one or none in time. */
  private static void tell(OutlierWatch outlier, Grant grant, Outcome outcome, long nowNanos) {
    switch (outcome) {
      case SERVED -> outlier.onAnswer(grant.answerNanos(), nowNanos);
      case SERVER_ERROR, CONNECT_FAILED, RESET, BROKEN, TIMED_OUT -> outlier.onFailure(nowNanos);
      case DEADLINE, CLIENT_GONE -> {}
    }
  }
}
