package dev.usher.sidecar.cli.ctl.api;

import dev.usher.sidecar.config.document.Value;
import java.util.List;

/** What the admin API said. */
public sealed interface Reply {

  /**
   * It was done.
   *
   * @param etag the version of the director; empty when it was not told
   * @param body as it came; empty when there is none
   * @param json the body; a map without keys when there is none
   */
  record Done(int status, String etag, String body, Value json) implements Reply {}

  /**
   * It was not done, and nothing is changed.
   *
   * @param complaints at least one, fit for a terminal
   */
  record Refused(int status, List<String> complaints) implements Reply {
    public Refused {
      complaints = List.copyOf(complaints);
    }
  }

  /** What was done; throws when it was refused. */
  default Done orFail() throws CtlFailed {
    if (this instanceof Done done) {
      return done;
    }
    throw CtlFailed.of(((Refused) this).complaints());
  }
}
