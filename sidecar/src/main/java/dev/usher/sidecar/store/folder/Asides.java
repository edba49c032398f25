package dev.usher.sidecar.store.folder;

import dev.usher.sidecar.time.Clock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is kept in the data folder though Usher cannot use it, under names with their date. Nothing
 * of it is ever written over or deleted. [p]
 */
final class Asides {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

  /** Most file systems end names at 255 bytes; the date and so on follow. */
  private static final int MAX_NAME_CHARS = 200;

  private static final String UNREADABLE = ".unreadable-";

  private final Path folder;
  private final Clock clock;

  Asides(Path folder, Clock clock) {
    this.folder = folder;
    this.clock = clock;
  }

  /** As {@link StateFolder#setAside}. */
  Path setAside(Path path) throws IOException {
    for (int number = 1; ; number++) {
      Path aside =
          path.resolveSibling("%s.damaged-%s-%d".formatted(path.getFileName(), date(), number));
      if (Files.notExists(aside, LinkOption.NOFOLLOW_LINKS) && keep(path, aside)) {
        force();
        return aside;
      }
    }
  }

  private static boolean keep(Path path, Path aside) throws IOException {
    if (!Files.isRegularFile(path)) {
      Files.move(path, aside, StandardCopyOption.ATOMIC_MOVE);
      return true;
    }
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

  /** As {@link StateFolder#save}. */
  Path save(String name, byte[] bytes) throws IOException {
    String prefix = fileName(name) + UNREADABLE;
    Path before = saved(prefix, bytes);
    if (before != null) {
      return before;
    }
    for (int number = 1; ; number++) {
      Path path = folder.resolve("%s%s-%d".formatted(prefix, date(), number));
      if (Files.notExists(path, LinkOption.NOFOLLOW_LINKS)) {
        write(path, bytes);
        return path;
      }
    }
  }

  /** The file that an earlier start has saved the same bytes in. */
  private @Nullable Path saved(String prefix, byte[] bytes) throws IOException {
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(
            folder, path -> String.valueOf(path.getFileName()).startsWith(prefix))) {
      for (Path file : files) {
        if (Files.isRegularFile(file)
            && Files.size(file) == bytes.length
            && Arrays.equals(Files.readAllBytes(file), bytes)) {
          return file;
        }
      }
    }
    return null;
  }

  private static void write(Path path, byte[] bytes) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            path,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            Owner.file(path))) {
      ByteBuffer left = ByteBuffer.wrap(bytes);
      while (left.hasRemaining()) {
        channel.write(left);
      }
      channel.force(true);
    }
  }

  /** One that is a name everywhere, whatever {@code name} is. */
  private static String fileName(String name) {
    String plain = name.replaceAll("[^A-Za-z0-9._-]", "_");
    return plain.substring(0, Math.min(plain.length(), MAX_NAME_CHARS));
  }

  private String date() {
    return DATE.format(Instant.ofEpochMilli(clock.epochMillis()));
  }

  /** Makes names durable. */
  void force() throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
