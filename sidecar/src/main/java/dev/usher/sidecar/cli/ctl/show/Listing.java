package dev.usher.sidecar.cli.ctl.show;

import dev.usher.sidecar.cli.ctl.api.Tree;
import dev.usher.sidecar.cli.table.Table;
import dev.usher.sidecar.config.document.Value;
import dev.usher.sidecar.config.document.Value.Entry;
import dev.usher.sidecar.config.document.Value.Kind;
import dev.usher.sidecar.config.document.Value.Mapping;
import dev.usher.sidecar.config.document.Value.Scalar;
import dev.usher.sidecar.config.document.Value.Sequence;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * All that an object says of itself, a line for each scalar, under the key by which {@code set}
 * takes it. Knows no key, so that one of a later version is shown as well.
 */
final class Listing {
  private static final String NOTHING = "-";

  private final Table table = Table.plain(2);

  private Listing() {}

  /** The lines of {@code object}, in its order, without what is under some keys of it. */
  static List<String> lines(Tree object, Set<String> without) {
    Listing listing = new Listing();
    for (Entry entry : object.entries()) {
      if (!without.contains(entry.key())) {
        listing.add(entry.key(), entry.value());
      }
    }
    return listing.table.lines();
  }

  private void add(String path, Value value) {
    if (value instanceof Mapping mapping && !mapping.entries().isEmpty()) {
      mapping.entries().forEach(entry -> add(path + "." + entry.key(), entry.value()));
    } else if (value instanceof Sequence sequence && !isFlat(sequence)) {
      for (int index = 0; index < sequence.items().size(); index++) {
        add(path + "[" + index + "]", sequence.items().get(index));
      }
    } else {
      table.row(path, text(value));
    }
  }

  private static boolean isFlat(Sequence sequence) {
    return sequence.items().stream().allMatch(item -> item instanceof Scalar);
  }

  /** A list as {@code set} takes it. */
  private static String text(Value value) {
    if (value instanceof Scalar scalar) {
      return scalar.kind() == Kind.NOTHING ? NOTHING : scalar.text();
    }
    return value instanceof Sequence sequence && !sequence.items().isEmpty()
        ? sequence.items().stream().map(Listing::text).collect(Collectors.joining(","))
        : NOTHING;
  }
}
