package dev.usher.sidecar.config.spec;

import dev.usher.unit.InvalidValue;
import java.util.regex.Pattern;

/** What may stand in a Host field: nothing that could end it or start another. */
final class HostText {
  static final String WANTED = "a host, such as healthcheck or app.example:8080";

  private static final Pattern SYNTAX = Pattern.compile("[A-Za-z0-9._~:\\[\\]-]{1,260}");

  private HostText() {}

  static String parse(String field, String text) {
    if (!SYNTAX.matcher(text).matches()) {
      throw InvalidValue.of(field, WANTED, text);
    }
    return text;
  }
}
