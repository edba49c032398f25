package dev.usher.sidecar.store.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/**
 * Makes a new record file beside the old one and puts it into its place: at any moment there is one
 * whole file of that name. [p]
 */
final class Successor {
  /** Follows the name of a file that is being made, and is followed by a number. */
  static final String MARK = ".new-";

  private final StateFolder folder;
  private final Path path;

  /** Chronicle confuses files of one name that are open at once, so none is used twice. */
  private int count;

  Successor(StateFolder folder, Path path) {
    this.folder = folder;
    this.path = path;
  }

  /**
   * Returns when the new file is on the disk and in place; its name is durable after {@link
   * #settle}. After an exception the old one is there as before.
   *
   * @param sequence the highest sequence number used before
   */
  LiveFile make(Map<String, byte[]> records, long sequence) throws IOException {
    Path made = path.resolveSibling(path.getFileName() + MARK + ++count);
    try {
      Files.deleteIfExists(made);
      LiveFile file = LiveFile.create(made, records, sequence);
      try {
        Files.move(made, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return file;
      } catch (IOException e) {
        try (file) {
          throw e;
        }
      }
    } catch (IOException e) {
      IOException failure = new IOException("%s: %s".formatted(path, Owner.reason(e)), e);
      try {
        Files.deleteIfExists(made);
      } catch (IOException second) {
        failure.addSuppressed(second);
      }
      throw failure;
    }
  }

  void settle() throws IOException {
    folder.force();
  }
}
