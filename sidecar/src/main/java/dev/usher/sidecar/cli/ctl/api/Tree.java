package dev.usher.sidecar.cli.ctl.api;

import dev.usher.sidecar.config.document.Value;
import dev.usher.sidecar.config.document.Value.Entry;
import dev.usher.sidecar.config.document.Value.Kind;
import dev.usher.sidecar.config.document.Value.Mapping;
import dev.usher.sidecar.config.document.Value.Scalar;
import dev.usher.sidecar.config.document.Value.Sequence;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks things up in an answer, of whatever version it is: what is not there has a spare. */
public record Tree(Value value) {

  public boolean has(String key) {
    return find(key) != null;
  }

  /** What is under {@code key}; itself empty when there is nothing. */
  public Tree at(String key) {
    Value found = find(key);
    return new Tree(found == null ? new Scalar(value.place(), Kind.NOTHING, "") : found);
  }

  /** The scalar under {@code key}. */
  public String text(String key, String spare) {
    return find(key) instanceof Scalar scalar && scalar.kind() != Kind.NOTHING
        ? scalar.text()
        : spare;
  }

  /** The list under {@code key}; empty when there is none. */
  public List<Tree> items(String key) {
    return find(key) instanceof Sequence sequence
        ? sequence.items().stream().map(Tree::new).toList()
        : List.of();
  }

  /** Its keys and values in order; none when it is no map. */
  public List<Entry> entries() {
    return value instanceof Mapping mapping ? mapping.entries() : List.of();
  }

  private @Nullable Value find(String key) {
    for (Entry entry : entries()) {
      if (entry.key().equals(key)) {
        return entry.value();
      }
    }
    return null;
  }
}
