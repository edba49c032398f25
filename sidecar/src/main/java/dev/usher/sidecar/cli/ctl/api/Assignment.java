package dev.usher.sidecar.cli.ctl.api;

import dev.usher.sidecar.config.document.Printable;
import dev.usher.unit.InvalidValue;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/**
 * {@code KEY=VALUE}: the key ends at the first equals sign, a dot in it leads into an object, all
 * behind it is the value. What keys there are and what they take is the API's business.
 */
public record Assignment(String key, String value) {

  /**
   * Reads {@code KEY=VALUE}; the value may be empty.
   *
   * @throws InvalidValue if {@code text} has no key or no equals sign
   */
  public static Assignment parse(String text) {
    int equals = text.indexOf('=');
    if (equals <= 0) {
      throw InvalidValue.of("KEY=VALUE", "KEY=VALUE such as queue-limit=200", Printable.of(text));
    }
    return new Assignment(text.substring(0, equals), text.substring(equals + 1));
  }

  /** As the body of a form, in order, repetitions included. */
  public static String form(List<Assignment> assignments) {
    return assignments.stream()
        .map(each -> encoded(each.key) + "=" + encoded(each.value))
        .collect(Collectors.joining("&"));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
