package dev.usher.sidecar.backend;

import dev.usher.unit.InvalidValue;
import java.time.Instant;

/**
 * Why and since when a backend is disabled, if not by hand.
 *
 * @param reason for people to read, 1 to 500 characters, none of them a control character
 * @param at to the millisecond
 */
public record Disabled(String reason, Instant at) {
  public static final String WANTED_REASON =
      "1 to 500 characters, none of them a control character";
  public static final String WANTED_AT = "a time such as 2026-01-31T12:00:00.000Z";
  private static final int LONGEST = 500;

  public Disabled {
    if (reason.isEmpty()
        || reason.length() > LONGEST
        || reason.chars().anyMatch(Character::isISOControl)) {
      throw InvalidValue.of("reason", WANTED_REASON, reason);
    }
    at = Instant.ofEpochMilli(at.toEpochMilli());
  }

  /** By sticky-offline-mode, since {@code cause} took the backend offline. */
  public static Disabled byStickyMode(String cause, long epochMillis) {
    return new Disabled("sticky-offline-mode: " + cause, Instant.ofEpochMilli(epochMillis));
  }
}
