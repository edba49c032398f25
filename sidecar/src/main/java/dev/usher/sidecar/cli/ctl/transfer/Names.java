package dev.usher.sidecar.cli.ctl.transfer;

import dev.usher.sidecar.cli.ctl.api.CtlFailed;
import dev.usher.sidecar.cli.ctl.api.ObjectPath;
import dev.usher.sidecar.cli.ctl.api.Reply;
import dev.usher.sidecar.cli.ctl.api.Tree;
import dev.usher.sidecar.config.document.Printable;
import dev.usher.sidecar.config.document.Value.Entry;
import dev.usher.unit.InvalidValue;
import java.util.ArrayList;
import java.util.List;

/** The directors that a sidecar has. */
final class Names {
  static final String RESOURCE = "/director/";
  private static final int NOT_FOUND = 404;

  private Names() {}

  /**
   * The names in the list of all directors; they become paths, so each is looked at.
   *
   * @throws CtlFailed when one is no name
   */
  static List<String> of(Tree all) throws CtlFailed {
    List<String> names = new ArrayList<>();
    for (Entry entry : all.entries()) {
      if (!isName(entry.key())) {
        throw new CtlFailed(
            "the answer names a director %s: is it the admin API?"
                .formatted(Printable.quoted(entry.key())),
            null);
      }
      names.add(entry.key());
    }
    return names;
  }

  private static boolean isName(String key) {
    try {
      return ObjectPath.parse(key) instanceof ObjectPath.OfDirector;
    } catch (InvalidValue e) {
      return false;
    }
  }

  static boolean isAbsent(Reply reply) {
    return reply instanceof Reply.Refused refused && refused.status() == NOT_FOUND;
  }
}
