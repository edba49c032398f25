package dev.usher.sidecar.config;

import dev.usher.unit.InvalidValue;

/**
 * The bearer token of the admin API; no message shows it.
 *
 * @param text as it stands in the Authorization field
 */
public record AdminToken(String text) {
  static final String WANTED = "a token of visible ASCII characters";

  public AdminToken {
    if (!text.matches("[\\x21-\\x7e]+")) {
      throw InvalidValue.of("admin", WANTED, "another one");
    }
  }

  @Override
  public String toString() {
    return "AdminToken";
  }
}
