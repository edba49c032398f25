package dev.usher.sidecar.store.file;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What opening a record file brought to light; for the log.
 *
 * @param records that are there
 * @param losses a sentence for each thing lost; empty if nothing is
 * @param unfinished keys of changes that the end of the last process cut short; they were never
 *     acknowledged, and their records are as before
 * @param setAside where the damaged file is now, if there was one
 * @param trouble why the file cannot be written yet, if it is so; each change will try again
 */
public record Recovery(
    int records,
    List<String> losses,
    List<String> unfinished,
    @Nullable Path setAside,
    @Nullable String trouble) {
  /** Whether there is nothing that an operator should hear of. */
  public boolean isClean() {
    return losses.isEmpty() && setAside == null && trouble == null;
  }
}
