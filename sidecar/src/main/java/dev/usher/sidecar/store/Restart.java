package dev.usher.sidecar.store;

import dev.usher.sidecar.director.change.Definition;
import dev.usher.sidecar.director.change.Keeper.Entry;
import dev.usher.sidecar.director.change.Memory;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a sidecar starts with: the configuration file and what was kept, brought together.
 *
 * @param starts the directors, those of the file first
 * @param entries what is to be kept instead of what was
 * @param notes for the log: what of the runtime's changes the file has overruled
 */
public record Restart(List<Start> starts, List<Entry> entries, List<String> notes) {
  public Restart {
    starts = List.copyOf(starts);
    entries = List.copyOf(entries);
    notes = List.copyOf(notes);
  }

  /** A director and what it remembers; null for nothing. */
  public record Start(Definition definition, @Nullable Memory memory) {}
}
