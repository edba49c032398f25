package dev.usher.bench.store;

import dev.usher.sidecar.store.file.Opening;
import dev.usher.sidecar.store.file.RecordFile;
import dev.usher.sidecar.store.folder.StateFolder;
import dev.usher.sidecar.store.record.Change;
import dev.usher.sidecar.time.SystemClock;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** A folder with one record file of some records, 1 to 3 KiB each. */
final class Records implements Closeable {
  private static final String NAME = "directors";

  private final SplittableRandom random = new SplittableRandom(1);
  private final Path path;
  private final StateFolder folder;

  Records(Path path) throws IOException {
    this.path = path;
    this.folder = StateFolder.open(path, new SystemClock());
  }

  RecordFile open() throws IOException {
    if (RecordFile.open(folder, NAME) instanceof Opening.Opened opened) {
      return opened.file();
    }
    throw new IllegalStateException("record file: not opened");
  }

  void make(int records) throws IOException {
    try (RecordFile file = open()) {
      List<Change> changes = new ArrayList<>();
      for (int i = 0; i < records; i++) {
        changes.add(Change.put(key(i), payload()));
      }
      file.putAll(changes);
      // Everything once more: both slots of each record are in use, as they are after a while.
      for (int i = 0; i < records; i++) {
        file.put(key(i), payload());
      }
    }
  }

  static String key(int record) {
    return "director-" + record;
  }

  byte[] payload() {
    byte[] payload = new byte[1024 + random.nextInt(2048)];
    random.nextBytes(payload);
    return payload;
  }

  long fileBytes() throws IOException {
    return Files.size(path.resolve(NAME + ".chm"));
  }

  /** Lets the folder go and removes it. */
  @Override
  public void close() throws IOException {
    folder.close();
    try (Stream<Path> files = Files.list(path)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(path);
  }
}
