package dev.usher.sidecar.store.folder;

import dev.usher.sidecar.time.Clock;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The data folder, held by one process. Nothing that may hold data is ever deleted here; what is
 * damaged gets another name. [p]
 */
public final class StateFolder implements Closeable {
  /**
   * Folders of this process. The kernel's lock is the process's too: it would be granted twice, and
   * end with the first of the two.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path folder;
  private final FolderLock lock;
  private final Asides asides;

  private StateFolder(Path folder, FolderLock lock, Clock clock) {
    this.folder = folder;
    this.lock = lock;
    this.asides = new Asides(folder, clock);
  }

  /**
   * Holds {@code folder}, which is created if need be, for its owner only. One that cannot be
   * written is held all the same: it can be read, and perhaps be written later.
   *
   * @throws FolderInUse if another process does
   */
  public static StateFolder open(Path folder, Clock clock) throws IOException {
    try {
      Files.createDirectories(folder, Owner.folder(folder));
      Path real = folder.toRealPath();
      if (!HELD.add(real)) {
        throw new FolderInUse(folder, ProcessHandle.current().pid());
      }
      FolderLock lock = null;
      try {
        lock = FolderLock.take(real);
        return new StateFolder(real, lock, clock);
      } finally {
        if (lock == null) {
          HELD.remove(real);
        }
      }
    } catch (FolderInUse e) {
      throw e;
    } catch (IOException e) {
      throw new IOException("data folder %s: %s".formatted(folder, Owner.reason(e)), e);
    }
  }

  /** Whether the folder is this process's to write: somebody may have removed it, or its lock. */
  public boolean isHeld() {
    return lock.isHeld();
  }

  /**
   * Makes the folder this process's to write, if it is not.
   *
   * @throws FolderInUse if another process has taken it meanwhile
   */
  public void hold() throws IOException {
    lock.hold();
  }

  /** Where the file {@code name} is, or would be. */
  public Path path(String name) {
    return folder.resolve(name);
  }

  /**
   * Gives the bytes at {@code path} a second name that says since when they are damaged. The first
   * one stays, for its successor to take over at once; only what is no file, but a folder say, has
   * to go out of its way.
   */
  public Path setAside(Path path) throws IOException {
    return asides.setAside(path);
  }

  /**
   * Keeps bytes under a name that begins with {@code name}, or what of it can be in one; the same
   * bytes only once.
   */
  public Path save(String name, byte[] bytes) throws IOException {
    return asides.save(name, bytes);
  }

  /** Makes names durable: files that were renamed. */
  public void force() throws IOException {
    asides.force();
  }

  /** Lets the folder go; {@code state.lock} stays. */
  @Override
  public void close() throws IOException {
    try {
      lock.close();
    } finally {
      HELD.remove(folder);
    }
  }
}
