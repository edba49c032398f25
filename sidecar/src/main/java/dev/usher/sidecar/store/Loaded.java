package dev.usher.sidecar.store;

import dev.usher.sidecar.director.change.Keeper.Entry;
import dev.usher.sidecar.director.change.Memory;
import java.util.HashMap;
import java.util.Map;

/** What was kept, by the name of the director. */
record Loaded(Map<String, KeptDirector> directors, Map<String, Memory> memories) {
  Loaded {
    directors = Map.copyOf(directors);
    memories = Map.copyOf(memories);
  }

  /** The same as entries. */
  Map<String, Entry> entries() {
    Map<String, Entry> entries = new HashMap<>();
    directors.forEach(
        (name, kept) ->
            entries.put(
                name,
                kept instanceof KeptDirector.Alive alive
                    ? new Entry.Put(alive.definition())
                    : new Entry.Removed(name, ((KeptDirector.Removed) kept).written())));
    return entries;
  }
}
