package dev.usher.sidecar.health;

import dev.usher.sidecar.backend.check.HealthCheckSpec;

/** What came in a row and has not been ended by its opposite. [S] */
final class Streaks {
  private int failures;
  private int errors;
  private int good;

  int failures() {
    return failures;
  }

  /** Whether something speaks against the backend. */
  boolean areBad() {
    return failures != 0 || errors != 0;
  }

  /** One more failure; whether these are enough to go offline. */
  boolean fail(HealthCheckSpec rules) {
    failures++;
    return failures >= rules.fall();
  }

  /** One more answer of 5xx that counts; whether these are enough to go offline. */
  boolean err(HealthCheckSpec rules) {
    errors++;
    return errors >= rules.fall5xx();
  }

  /** One more probe while offline; whether the good ones are enough to come back. */
  boolean probe(boolean wasGood, HealthCheckSpec rules) {
    good = wasGood ? good + 1 : 0;
    return good >= rules.successThreshold();
  }

  void clear() {
    failures = 0;
    errors = 0;
    good = 0;
  }
}
