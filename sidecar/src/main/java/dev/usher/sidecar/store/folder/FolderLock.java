package dev.usher.sidecar.store.folder;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One process's hold of a data folder: {@code state.lock} is locked and has its pid. A folder that
 * cannot be written is held for reading only, beside others that cannot either. [p]
 */
final class FolderLock implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(FolderLock.class);
  private static final String NAME = "state.lock";
  private static final int PID_BYTES = 20;

  private final Path folder;
  private final Path path;
  private @Nullable FileChannel channel;
  private @Nullable Object key;
  private boolean writable;

  private FolderLock(Path folder) {
    this.folder = folder;
    this.path = folder.resolve(NAME);
  }

  /**
   * @throws FolderInUse if another process has it
   */
  static FolderLock take(Path folder) throws IOException {
    FolderLock lock = new FolderLock(folder);
    try {
      lock.lock();
    } catch (FolderInUse e) {
      throw e;
    } catch (IOException e) {
      lock.share(e);
    }
    return lock;
  }

  /** Whether files in the folder are this process's to write. */
  boolean isHeld() {
    return writable && FileKey.isAt(path, key);
  }

  /**
   * Locks again what somebody has removed, or what could not be written before.
   *
   * @throws FolderInUse if another process has taken it meanwhile
   */
  void hold() throws IOException {
    if (isHeld()) {
      return;
    }
    if (!Files.isDirectory(folder)) {
      throw new IOException("data folder %s is gone".formatted(folder));
    }
    boolean removed = writable;
    lock();
    if (removed) {
      LOG.warn("{} was removed while in use; it is there again", path);
    }
  }

  private void lock() throws IOException {
    FileChannel next =
        FileChannel.open(
            path,
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
            Owner.file(path));
    boolean held = false;
    try {
      // Before, not after: the kernel takes a process's lock back at the first close of its file.
      close();
      if (next.tryLock() == null) {
        throw new FolderInUse(folder, pid(next));
      }
      writePid(next);
      key = FileKey.of(path);
      channel = next;
      writable = true;
      held = true;
    } finally {
      if (!held) {
        next.close();
      }
    }
  }

  /** What cannot be written can be read, unless a sidecar that can write does so. */
  private void share(IOException cause) throws IOException {
    if (!Files.isReadable(folder)) {
      throw cause;
    }
    if (!Files.isReadable(path)) {
      return;
    }
    FileChannel next = FileChannel.open(path, StandardOpenOption.READ);
    try {
      if (next.tryLock(0, Long.MAX_VALUE, true) == null) {
        throw new FolderInUse(folder, pid(next));
      }
      channel = next;
    } finally {
      if (channel == null) {
        next.close();
      }
    }
  }

  private static long pid(FileChannel channel) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(PID_BYTES);
    channel.read(bytes, 0);
    String text = new String(bytes.array(), 0, bytes.position(), StandardCharsets.US_ASCII).trim();
    return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : 0;
  }

  /** For people to read only, so a full disk is no reason not to hold the folder. */
  private static void writePid(FileChannel channel) {
    byte[] pid = (ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII);
    try {
      channel.write(ByteBuffer.wrap(pid), 0);
      channel.truncate(pid.length);
    } catch (IOException e) {
      LOG.debug("{} does not say whose it is", NAME, e);
    }
  }

  /** Lets the folder go; the file stays. */
  @Override
  public void close() throws IOException {
    FileChannel before = channel;
    channel = null;
    writable = false;
    if (before != null) {
      before.close();
    }
  }
}
