package dev.usher.sidecar.config;

import dev.usher.sidecar.config.document.Fault;
import dev.usher.sidecar.config.document.Printable;
import org.jspecify.annotations.Nullable;

/**
 * Something wrong in a configuration, fit for a terminal: no part holds a control character of the
 * input.
 *
 * @param file null for a body of the admin API
 * @param line from 1; 0 is unknown
 * @param key full path such as {@code directors.app.queue-timeout}; empty for the document itself
 * @param got as it is said: in quotes when it was written so
 * @param impossibleHere right alone and impossible with what stands around it
 */
public record Problem(
    @Nullable String file,
    int line,
    String key,
    String wanted,
    String got,
    boolean impossibleHere) {

  private static final int LONGEST = 2_000;

  static Problem of(@Nullable String file, Fault fault) {
    return new Problem(
        file,
        fault.place().line(),
        Printable.of(fault.key(), LONGEST),
        Printable.of(fault.wanted(), LONGEST),
        Printable.of(fault.got(), LONGEST),
        fault.impossibleHere());
  }

  /** {@code usher.yaml:12: directors.app.queue-timeout: want a duration ..., got '30'}. */
  public String text() {
    StringBuilder text = new StringBuilder();
    if (file != null) {
      text.append(file).append(line > 0 ? ":" + line : "").append(": ");
    } else if (line > 0) {
      text.append("line ").append(line).append(": ");
    }
    if (!key.isEmpty()) {
      text.append(key).append(": ");
    }
    return text.append("want ").append(wanted).append(", got ").append(got).toString();
  }
}
