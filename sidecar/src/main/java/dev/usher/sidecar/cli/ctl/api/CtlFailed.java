package dev.usher.sidecar.cli.ctl.api;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A command that could not do its work; each line of the message is for the user. */
public final class CtlFailed extends IOException {
  private static final long serialVersionUID = 1L;

  public CtlFailed(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** With several complaints, one a line. */
  public static CtlFailed of(List<String> complaints) {
    return new CtlFailed(String.join("\n", complaints), null);
  }

  /** Standard output is full or closed. */
  public static CtlFailed unwritable() {
    return new CtlFailed("cannot write to standard output", null);
  }

  /** What answered is something else than an admin API. */
  public static CtlFailed stranger(String what) {
    return new CtlFailed(what + ": is it the admin API?", null);
  }

  /** The lines of the message. */
  public List<String> complaints() {
    return String.valueOf(getMessage()).lines().toList();
  }
}
