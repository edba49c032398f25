package dev.usher.sidecar.backend.check;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects what shall differ: from a specification, or from whatever a director says. */
public final class HealthCheckEditor {
  private final HealthCheckSpec below;
  private @Nullable HealthMode mode;
  private @Nullable ProbeKind kind;
  private @Nullable String method;
  private @Nullable String path;
  private @Nullable String host;
  private @Nullable List<Integer> expect;
  private @Nullable String match;
  private @Nullable Duration interval;
  private @Nullable Duration timeout;
  private @Nullable Integer successThreshold;
  private @Nullable Integer fall;
  private @Nullable Boolean count5xx;
  private @Nullable Integer fall5xx;

  /** For an {@link #override}. */
  public HealthCheckEditor() {
    this(HealthCheckSpec.DEFAULT);
  }

  HealthCheckEditor(HealthCheckSpec below) {
    this.below = below;
  }

  public HealthCheckEditor mode(@Nullable HealthMode value) {
    mode = value;
    return this;
  }

  public HealthCheckEditor kind(@Nullable ProbeKind value) {
    kind = value;
    return this;
  }

  public HealthCheckEditor method(@Nullable String value) {
    method = value;
    return this;
  }

  public HealthCheckEditor path(@Nullable String value) {
    path = value;
    return this;
  }

  public HealthCheckEditor host(@Nullable String value) {
    host = value;
    return this;
  }

  public HealthCheckEditor expect(@Nullable List<Integer> value) {
    expect = value;
    return this;
  }

  public HealthCheckEditor match(@Nullable String value) {
    match = value;
    return this;
  }

  public HealthCheckEditor interval(@Nullable Duration value) {
    interval = value;
    return this;
  }

  public HealthCheckEditor timeout(@Nullable Duration value) {
    timeout = value;
    return this;
  }

  public HealthCheckEditor successThreshold(@Nullable Integer value) {
    successThreshold = value;
    return this;
  }

  public HealthCheckEditor fall(@Nullable Integer value) {
    fall = value;
    return this;
  }

  public HealthCheckEditor count5xx(@Nullable Boolean value) {
    count5xx = value;
    return this;
  }

  public HealthCheckEditor fall5xx(@Nullable Integer value) {
    fall5xx = value;
    return this;
  }

  /** What was said; an {@link dev.usher.unit.InvalidValue} if one of it is out of its range. */
  public HealthCheckOverride override() {
    return new HealthCheckOverride(
        mode,
        kind,
        method,
        path,
        host,
        expect,
        match,
        interval,
        timeout,
        successThreshold,
        fall,
        count5xx,
        fall5xx);
  }

  /** The specification with what was said; likewise. */
  public HealthCheckSpec build() {
    return override().over(below);
  }
}
