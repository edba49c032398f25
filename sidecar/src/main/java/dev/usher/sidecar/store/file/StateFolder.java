package dev.usher.sidecar.store.file;

import dev.usher.sidecar.time.Clock;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The data folder, held by one process: {@code state.lock} is locked and has its pid. Nothing that
 * may hold data is ever deleted here; what is damaged gets another name.
 */
public final class StateFolder implements Closeable {
  private static final String LOCK = "state.lock";
  private static final int PID_BYTES = 20;
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

  /**
   * Folders of this process. The kernel's lock is the process's too: it would be granted twice, and
   * end with the first of the two.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path folder;
  private final Clock clock;
  private final FileChannel lock;

  private StateFolder(Path folder, Clock clock, FileChannel lock) {
    this.folder = folder;
    this.clock = clock;
    this.lock = lock;
  }

  /**
   * Holds {@code folder}, which is created if need be, for its owner only.
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
      FileChannel lock = null;
      try {
        lock = lock(real);
        return new StateFolder(real, clock, lock);
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

  private static FileChannel lock(Path folder) throws IOException {
    Path path = folder.resolve(LOCK);
    FileChannel channel =
        FileChannel.open(
            path,
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
            Owner.file(path));
    boolean held = false;
    try {
      FileLock lock = channel.tryLock();
      if (lock == null) {
        throw new FolderInUse(folder, pid(channel));
      }
      byte[] pid = (ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII);
      channel.write(ByteBuffer.wrap(pid), 0);
      channel.truncate(pid.length);
      held = true;
      return channel;
    } finally {
      if (!held) {
        channel.close();
      }
    }
  }

  private static long pid(FileChannel channel) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(PID_BYTES);
    channel.read(bytes, 0);
    String text = new String(bytes.array(), 0, bytes.position(), StandardCharsets.US_ASCII).trim();
    return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : 0;
  }

  /** Where the file {@code name} is, or would be. */
  Path path(String name) {
    return folder.resolve(name);
  }

  /**
   * Gives the bytes at {@code path} a second name that says since when they are damaged. The first
   * one stays, for its successor to take over at once.
   */
  Path setAside(Path path) throws IOException {
    String date = DATE.format(Instant.ofEpochMilli(clock.epochMillis()));
    for (int number = 1; ; number++) {
      Path aside =
          path.resolveSibling("%s.damaged-%s-%d".formatted(path.getFileName(), date, number));
      if (Files.notExists(aside) && keep(path, aside)) {
        force();
        return aside;
      }
    }
  }

  /** Keeps bytes under a name of their own that begins with {@code name}. */
  public Path save(String name, byte[] bytes) throws IOException {
    String date = DATE.format(Instant.ofEpochMilli(clock.epochMillis()));
    for (int number = 1; ; number++) {
      Path path = folder.resolve("%s.unreadable-%s-%d".formatted(name, date, number));
      if (Files.notExists(path)) {
        try (FileChannel channel =
            FileChannel.open(
                path,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                Owner.file(path))) {
          channel.write(ByteBuffer.wrap(bytes));
          channel.force(true);
        }
        return path;
      }
    }
  }

  private static boolean keep(Path path, Path aside) throws IOException {
    try {
      Files.createLink(aside, path);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    } catch (UnsupportedOperationException | IOException e) {
      // No links here: a copy takes room and time, and says the same.
      Files.copy(path, aside);
      return true;
    }
  }

  /** Makes names durable: files that were renamed or linked. */
  void force() throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
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
