package dev.usher.bench.load;

/**
 * One candidate's turn.
 *
 * @param cpuMicrosPerRequest of the proxy (of the origins for the direct way)
 */
record Sample(
    Workload workload,
    String candidate,
    double perSecond,
    double cpuMicrosPerRequest,
    double p50Millis,
    double p99Millis,
    double residentMiB,
    long errors) {

  static Sample of(
      Workload workload, String candidate, Wrk.Result seen, Usage before, Usage after) {
    return new Sample(
        workload,
        candidate,
        seen.perSecond(),
        (double) (after.cpuMicros() - before.cpuMicros()) / Math.max(1, seen.requests()),
        seen.p50Millis(),
        seen.p99Millis(),
        after.residentKiB() / 1024.0,
        seen.errors());
  }
}
