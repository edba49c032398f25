package dev.usher.sidecar.store;

import dev.usher.sidecar.director.change.Memory;
import dev.usher.sidecar.director.spec.DirectorSpec;
import java.util.HashMap;
import java.util.Map;

/** What was kept, by the name of the director. */
record Loaded(Map<String, KeptDirector> directors, Map<String, Memory> memories) {
  Loaded {
    directors = Map.copyOf(directors);
    memories = Map.copyOf(memories);
  }

  /** What the file says of those that were removed at runtime. */
  Map<String, DirectorSpec> removed() {
    Map<String, DirectorSpec> removed = new HashMap<>();
    directors.forEach(
        (name, kept) -> {
          if (kept instanceof KeptDirector.Removed gone) {
            removed.put(name, gone.written());
          }
        });
    return removed;
  }
}
