package dev.usher.sidecar.store.record;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The records of a file.
 *
 * @param records the newest whole version of each, by key
 * @param sequence the highest sequence number
 * @param census of {@code records}
 * @param losses a sentence for each thing that is missing or older than it should be; empty if all
 *     is there
 * @param unfinished keys that were being written when the process ended; they have their former
 *     version
 * @param usage as of the last force, if known
 */
public record Contents(
    Map<String, byte[]> records,
    long sequence,
    Census census,
    List<String> losses,
    List<String> unfinished,
    @Nullable Usage usage) {
  public static final Contents NONE =
      new Contents(Map.of(), 0, Census.EMPTY, List.of(), List.of(), null);

  /** Whether everything that was written is there, what was being written at the end aside. */
  public boolean whole() {
    return losses.isEmpty();
  }
}
