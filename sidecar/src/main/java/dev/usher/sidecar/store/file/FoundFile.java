package dev.usher.sidecar.store.file;

import dev.usher.sidecar.store.folder.Owner;
import dev.usher.sidecar.store.folder.StateFolder;
import dev.usher.sidecar.store.record.Contents;
import dev.usher.sidecar.store.record.Reading;
import dev.usher.sidecar.store.record.RecordScan;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an earlier process left of a record file, and how it is taken over. [p] */
final class FoundFile {
  private static final Logger LOG = LoggerFactory.getLogger(FoundFile.class);
  private static final String SUFFIX = ".chm";

  private final StateFolder folder;
  private final Path path;

  FoundFile(StateFolder folder, String name) {
    this.folder = folder;
    this.path = folder.path(name + SUFFIX);
  }

  /**
   * Reads the file at {@code path} without changing it.
   *
   * @param written whether another process may be writing it
   */
  static Reading read(Path path, boolean written) throws IOException {
    if (Files.exists(path) && !Files.isRegularFile(path)) {
      return new Reading.Unreadable("it is no regular file");
    }
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      return written ? RecordScan.readLive(channel) : RecordScan.read(channel);
    } catch (NoSuchFileException e) {
      return new Reading.Missing();
    } catch (IOException e) {
      throw new IOException("cannot read %s: %s".formatted(path, Owner.reason(e)), e);
    }
  }

  Opening open() throws IOException {
    Reading reading = read(path, false);
    if (reading instanceof Reading.Missing) {
      reading = adoptSuccessor();
    }
    if (reading instanceof Reading.TooNew newer) {
      return new Opening.TooNew(newer.version());
    }
    boolean whole = isWhole(reading);
    dropSuccessors(whole);
    if (reading instanceof Reading.Found found) {
      Contents contents = found.contents();
      return whole ? asItIs(contents) : renewed(contents, contents.losses());
    }
    return reading instanceof Reading.Unreadable unreadable
        ? renewed(Contents.NONE, List.of("everything: " + unreadable.why()))
        : asItIs(Contents.NONE);
  }

  /** The process ended while it made its first file, or somebody removed the old one. */
  private Reading adoptSuccessor() throws IOException {
    for (Path successor : successors()) {
      Reading reading = read(successor, false);
      if (reading instanceof Reading.Found || reading instanceof Reading.TooNew) {
        Files.move(successor, path, StandardCopyOption.ATOMIC_MOVE);
        return reading;
      }
    }
    return new Reading.Missing();
  }

  /** What a process had begun to make when it ended holds nothing that a whole file does not. */
  private void dropSuccessors(boolean whole) throws IOException {
    for (Path successor : successors()) {
      try {
        if (!whole && !(read(successor, false) instanceof Reading.Unreadable)) {
          folder.setAside(successor);
        }
        Files.delete(successor);
      } catch (IOException e) {
        // A disk that refuses is no reason not to start; the next one will try again.
        LOG.debug("{} cannot be removed", successor, e);
      }
    }
  }

  private List<Path> successors() throws IOException {
    List<Path> paths = new ArrayList<>();
    try (DirectoryStream<Path> stream =
        Files.newDirectoryStream(folder.path(""), path.getFileName() + Successor.MARK + "*")) {
      for (Path successor : stream) {
        if (Files.isRegularFile(successor)) {
          paths.add(successor);
        }
      }
    }
    return paths;
  }

  private static boolean isWhole(Reading reading) {
    return reading instanceof Reading.Found found
        ? found.contents().whole()
        : reading instanceof Reading.Missing;
  }

  private Opening asItIs(Contents contents) {
    RecordFile file = new RecordFile(path, new Successor(folder, path, false), contents);
    return new Opening.Opened(
        file,
        new Recovery(contents.records().size(), List.of(), contents.unfinished(), null, null));
  }

  /** At once, so that the next start does not find the damage again. */
  private Opening renewed(Contents contents, List<String> losses) {
    Successor successor = new Successor(folder, path, true);
    RecordFile file = new RecordFile(path, successor, contents);
    @Nullable String trouble = null;
    try {
      file.prepare();
    } catch (IOException e) {
      trouble = Owner.reason(e);
    }
    return new Opening.Opened(
        file,
        new Recovery(
            contents.records().size(),
            losses,
            contents.unfinished(),
            successor.setAside(),
            trouble));
  }
}
