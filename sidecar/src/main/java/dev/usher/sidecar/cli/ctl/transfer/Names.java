package dev.usher.sidecar.cli.ctl.transfer;

import dev.usher.sidecar.cli.ctl.api.CtlFailed;
import dev.usher.sidecar.cli.ctl.api.ObjectPath;
import dev.usher.sidecar.cli.ctl.api.Reply;
import dev.usher.sidecar.cli.ctl.api.Tree;
import dev.usher.sidecar.config.document.Printable;
import dev.usher.sidecar.config.document.Value.Entry;
import dev.usher.sidecar.config.document.Value.Mapping;
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
   * @throws CtlFailed when one is no name, or what it names no object
   */
  static List<String> of(Tree all) throws CtlFailed {
    List<String> names = new ArrayList<>();
    for (Entry entry : all.entries()) {
      if (!isName(entry.key())) {
        throw CtlFailed.stranger("the answer names a director " + Printable.quoted(entry.key()));
      }
      if (!(entry.value() instanceof Mapping)) {
        throw CtlFailed.stranger("the answer says nothing of director '" + entry.key() + "'");
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

  /** Whether a request made it from the template, which makes it again. */
  static boolean isTemplated(Tree director) {
    return director.text("templated", "false").equals("true");
  }

  static boolean isAbsent(Reply reply) {
    return reply instanceof Reply.Refused refused && refused.status() == NOT_FOUND;
  }
}
