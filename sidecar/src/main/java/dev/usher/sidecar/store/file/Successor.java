package dev.usher.sidecar.store.file;

import dev.usher.sidecar.store.folder.FileKey;
import dev.usher.sidecar.store.folder.Owner;
import dev.usher.sidecar.store.folder.StateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a new record file beside the old one and puts it into its place: at any moment there is one
 * file of that name. What is there and neither ours nor whole gets another name before. [p]
 */
final class Successor {
  /** Follows the name of a file that is being made, and is followed by a number. */
  static final String MARK = ".new-";

  private static final Logger LOG = LoggerFactory.getLogger(Successor.class);

  private final StateFolder folder;
  private final Path path;

  /** Chronicle confuses files of one name that are open at once, so none is used twice. */
  private int count;

  /** Of the file that was made last. */
  private @Nullable Object key;

  /** Whether what is in place is to be kept under another name. */
  private boolean damaged;

  private @Nullable Path setAside;

  /**
   * @param damaged whether what was found is not whole
   */
  Successor(StateFolder folder, Path path, boolean damaged) {
    this.folder = folder;
    this.path = path;
    this.damaged = damaged;
  }

  /** Whether the file that was made last is still what its name, in our folder, stands for. */
  boolean isInPlace() {
    return folder.isHeld() && FileKey.isAt(path, key);
  }

  /** What is in place now is not to be lost when the next one is made. */
  void setAsideNext() {
    damaged = true;
  }

  /** Where the damaged file is now; null if there was none, or it is still in its place. */
  @Nullable Path setAside() {
    return setAside;
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
      folder.hold();
      Files.deleteIfExists(made);
      LiveFile file = LiveFile.create(made, records, sequence);
      try {
        putInPlace(made);
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

  /** Not before there is something to put there: a full disk must not lead to more names. */
  private void putInPlace(Path made) throws IOException {
    boolean lost = !FileKey.isAt(path, key);
    if ((damaged || lost) && Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      setAside = folder.setAside(path);
      if (count > 1) { // Who opens the file says the same of the first one.
        LOG.warn("{}: what was there is kept as {}", path, setAside);
      }
    }
    damaged = false;
    Object itsKey = FileKey.of(made);
    Files.move(made, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    key = itsKey;
    if (lost) {
      LOG.warn("{} was removed or replaced while in use; it has been made anew", path);
    }
  }

  void settle() throws IOException {
    folder.force();
  }
}
