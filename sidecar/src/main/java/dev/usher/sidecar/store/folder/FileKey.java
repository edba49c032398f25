package dev.usher.sidecar.store.folder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * Which file a name stands for, so that one that somebody else put there is told from ours. A key
 * can be trusted while its file is open: nobody else has it.
 */
public final class FileKey {
  private FileKey() {}

  /** Null if there is none, or where files have no keys. */
  public static @Nullable Object of(Path path) {
    try {
      return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    } catch (IOException e) {
      return null;
    }
  }

  /** Whether {@code path} still stands for the file of this key, as far as one can know. */
  public static boolean isAt(Path path, @Nullable Object key) {
    return key == null || key.equals(of(path));
  }
}
