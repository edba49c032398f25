package dev.usher.sidecar.health.outlier;

/**
 * Whether a backend is taken out, at one moment.
 *
 * @param untilEpochMillis when it is tried again, while it is out
 * @param cause why it was taken out last, for people to read; empty if never
 * @param ejections how often it was taken out since the start
 */
public record OutlierView(State state, long untilEpochMillis, String cause, long ejections) {
  /** Nothing was ever wrong. */
  public static final OutlierView NEVER = new OutlierView(State.IN, 0, "", 0);

  /** What requests it gets. */
  public enum State {
    /** As many as it takes. */
    IN,
    /** None. */
    OUT,
    /** One, which decides. */
    TRIAL
  }
}
