package dev.usher.sidecar.store;

import dev.usher.sidecar.director.Memory;
import java.util.Map;

/** What was kept, by the name of the director. */
record Loaded(Map<String, KeptDirector> directors, Map<String, Memory> memories) {
  Loaded {
    directors = Map.copyOf(directors);
    memories = Map.copyOf(memories);
  }
}
