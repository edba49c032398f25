package dev.usher.sidecar.director.registry;

import dev.usher.sidecar.strand.Serial;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Lets one at a time have a key; whoever comes later gets it later, in the order of coming. Nobody
 * blocks. [any]
 */
final class Turns {
  /** However many wait, none takes its turn within the call that gives back another one's. */
  private final Serial handover;

  /** By key, what completes when whoever came last has given the key back. */
  private final ConcurrentHashMap<String, CompletableFuture<Void>> last = new ConcurrentHashMap<>();

  /**
   * @param handover for all keys
   */
  Turns(Serial handover) {
    this.handover = handover;
  }

  /**
   * Completes when the caller has all of {@code keys}; to give them back, run the result, once.
   * Keys are taken in their order, so that nobody waits for each other.
   */
  CompletionStage<Runnable> take(SortedSet<String> keys) {
    Map<String, CompletableFuture<Void>> held = new LinkedHashMap<>();
    CompletionStage<Void> taken = CompletableFuture.completedStage(null);
    for (String key : keys) {
      taken = taken.thenCompose(before -> take(key, held));
    }
    return taken.thenApply(all -> () -> held.forEach(this::giveBack));
  }

  private CompletionStage<Void> take(String key, Map<String, CompletableFuture<Void>> held) {
    CompletableFuture<Void> mine = new CompletableFuture<>();
    held.put(key, mine);
    CompletableFuture<Void> previous = last.put(key, mine);
    return previous == null ? CompletableFuture.completedFuture(null) : previous;
  }

  private void giveBack(String key, CompletableFuture<Void> mine) {
    last.remove(key, mine);
    handover.post(() -> mine.complete(null));
  }
}
