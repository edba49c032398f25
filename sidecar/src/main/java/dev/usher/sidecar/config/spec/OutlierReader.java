package dev.usher.sidecar.config.spec;

import dev.usher.sidecar.config.document.Fields;
import dev.usher.sidecar.config.document.Scalars;
import dev.usher.sidecar.health.outlier.OutlierSpec;
import dev.usher.unit.Share;

/** Reads {@code outliers}. */
final class OutlierReader {
  private static final OutlierSpec DEFAULT = OutlierSpec.DEFAULT;

  private OutlierReader() {}

  /** What is absent has its default. */
  static OutlierSpec read(Fields fields) {
    OutlierSpec spec = fields.build(DEFAULT, () -> spec(fields));
    fields.end();
    return spec;
  }

  private static OutlierSpec spec(Fields fields) {
    return new OutlierSpec(
        Scalars.flag(fields, "enabled", DEFAULT.enabled()),
        Scalars.integer(
            fields,
            "consecutive-failures",
            OutlierSpec.CONSECUTIVE_FAILURES,
            DEFAULT.consecutiveFailures()),
        percent(fields, "failure-rate", DEFAULT.failureRate()),
        Scalars.integer(
            fields, "latency-factor", OutlierSpec.LATENCY_FACTOR, DEFAULT.latencyFactor()),
        Scalars.integer(fields, "min-requests", OutlierSpec.MIN_REQUESTS, DEFAULT.minRequests()),
        Scalars.duration(fields, "window", DEFAULT.window()),
        Scalars.duration(fields, "ejection-time", DEFAULT.ejectionTime()),
        Scalars.duration(fields, "max-ejection-time", DEFAULT.maxEjectionTime()),
        percent(fields, "min-capacity", DEFAULT.minCapacity()));
  }

  private static Share.Percent percent(Fields fields, String key, Share.Percent fallback) {
    return fields.parsed(key, Share.PERCENT_WANTED, fallback, Share::parsePercent);
  }
}
