package dev.usher.sidecar.config.override;

import com.fasterxml.jackson.databind.JsonNode;
import dev.usher.sidecar.config.document.Printable;
import org.jspecify.annotations.Nullable;

/**
 * An override that gave way to the file.
 *
 * @param override from what the file said before to what was in force
 * @param writtenNow what the file says now; null for nothing
 */
public record LostOverride(Difference override, @Nullable JsonNode writtenNow, Why why) {
  private static final int LONGEST = 500;

  /** Why the file won. */
  public enum Why {
    /** It says something else of this field than before. */
    THE_FILE_CHANGED_IT,
    /** It says the same of this field, but something else that does not go with the override. */
    IT_DOES_NOT_FIT
  }

  /** For the log: the field and all three values. */
  public String text() {
    return "%s: %s, set at runtime over the file's %s, gives way to the file's %s%s"
        .formatted(
            override.field(),
            text(override.after()),
            text(override.before()),
            text(writtenNow),
            why == Why.IT_DOES_NOT_FIT ? ", since it does not fit what the file says now" : "");
  }

  private static String text(@Nullable JsonNode value) {
    return value == null ? "nothing" : Printable.of(value.toString(), LONGEST);
  }
}
