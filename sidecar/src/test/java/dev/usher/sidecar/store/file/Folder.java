package dev.usher.sidecar.store.file;

import dev.usher.sidecar.store.folder.StateFolder;
import dev.usher.sidecar.time.FakeTime;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A state folder with one record file in it, closed and opened again as a test likes. */
final class Folder implements Closeable {
  static final String NAME = "directors";

  private final StateFolder state;
  private final Path path;

  Folder(Path path) throws IOException {
    this.state = StateFolder.open(path, new FakeTime());
    this.path = path;
  }

  /** Opens the record file; anything but a fresh or whole one fails the test. */
  RecordFile open() throws IOException {
    Opening.Opened opened = recover();
    if (!opened.recovery().isClean()) {
      throw new AssertionError("not clean: " + opened.recovery());
    }
    return opened.file();
  }

  Opening.Opened recover() throws IOException {
    Opening opening = RecordFile.open(state, NAME);
    if (opening instanceof Opening.Opened opened) {
      return opened;
    }
    throw new AssertionError("not opened: " + opening);
  }

  Opening tryOpen() throws IOException {
    return RecordFile.open(state, NAME);
  }

  Path path() {
    return path;
  }

  Path file() {
    return path.resolve(NAME + ".chm");
  }

  /** Names of all files but the lock. */
  List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(path)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.equals("state.lock"))
          .sorted()
          .toList();
    }
  }

  @Override
  public void close() throws IOException {
    state.close();
  }
}
