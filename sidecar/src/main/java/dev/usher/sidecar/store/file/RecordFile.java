package dev.usher.sidecar.store.file;

import dev.usher.sidecar.store.folder.Owner;
import dev.usher.sidecar.store.folder.StateFolder;
import dev.usher.sidecar.store.record.Change;
import dev.usher.sidecar.store.record.Contents;
import dev.usher.sidecar.store.record.Reading;
import dev.usher.sidecar.store.record.RecordScan;
import dev.usher.sidecar.store.record.Usage;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Records by key in one file, which no end of this process can harm, nor, up to the last {@link
 * #force}, one of the machine. Belongs to one thread, the store thread [p], which must not be
 * interrupted: an interrupt closes the file under its hands.
 *
 * <p>Opening reads the file and maps nothing. {@link #prepare}, or the first change, makes a new
 * file of what was read, and so does a change that does not fit: written beside the old one,
 * forced, renamed over it. Every method that writes throws IOException when the disk refuses. A
 * change that failed was made or not, as after a crash; all else is as before, and later changes
 * may succeed. Only a file that somebody else has changed must be renewed.
 */
public final class RecordFile implements Closeable {
  private final Path path;
  private final Successor successor;

  /** What the file holds, while it is not mapped and nothing has failed. */
  private @Nullable Contents unmapped;

  /** The file, while it is mapped. */
  private @Nullable LiveFile live;

  private boolean closed;

  RecordFile(Path path, Successor successor, Contents contents) {
    this.path = path;
    this.successor = successor;
    this.unmapped = contents;
  }

  /**
   * Opens or creates the file {@code name} in {@code folder}; at most once at a time. Whatever is
   * wrong with it, what can be saved is there afterwards, and a damaged file is kept under another
   * name.
   */
  public static Opening open(StateFolder folder, String name) throws IOException {
    return new FoundFile(folder, name).open();
  }

  /** Reads a record file, also while another process writes it, and changes nothing. Any thread. */
  public static Reading readCopy(Path path) throws IOException {
    return FoundFile.read(path, true);
  }

  /** Makes the file ready for changes, which else the first one has to wait for. */
  public void prepare() throws IOException {
    checkOpen();
    if (live == null) {
      replace(List.of());
    }
  }

  /** All records, by key; the payloads must not be changed. */
  public Map<String, byte[]> readAll() throws IOException {
    checkOpen();
    return new TreeMap<>(contents().records());
  }

  /** Safe from an end of this process on return, from one of the machine after {@link #force}. */
  public void put(String key, byte[] payload) throws IOException {
    write(List.of(Change.put(key, payload)));
  }

  public void remove(String key) throws IOException {
    write(List.of(Change.remove(key)));
  }

  /** Makes all of the changes or none, whatever happens; of one key the last one counts. */
  public void putAll(List<Change> changes) throws IOException {
    Map<String, Change> byKey = new LinkedHashMap<>();
    changes.forEach(change -> byKey.put(change.key(), change));
    write(List.copyOf(byKey.values()));
  }

  /** Waits until every change made so far is on the disk. */
  public void force() throws IOException {
    checkOpen();
    if (live != null && isInPlace()) {
      attempt(live, LiveFile::force);
    } else if (unmapped == null) {
      replace(List.of());
    }
  }

  /** Whether the file is still where it was; a {@link #force} puts it there again. */
  public boolean isInPlace() {
    return live == null || successor.isInPlace();
  }

  /** Sets aside what is there, whatever it is, and begins anew with {@code records}. */
  public void renew(Map<String, byte[]> records) throws IOException {
    checkOpen();
    LiveFile before = live;
    long sequence = before == null ? 0 : before.sequence();
    successor.setAsideNext();
    takeOver(before, successor.make(new TreeMap<>(records), sequence));
  }

  /** How full the file is or was at its last force; null if that is not known. */
  public @Nullable Usage usage() {
    if (live != null) {
      return live.usage();
    }
    return unmapped == null ? null : unmapped.usage();
  }

  /** Forces what was written, and lets the file go. */
  @Override
  public void close() throws IOException {
    closed = true;
    LiveFile closing = live;
    live = null;
    if (closing != null) {
      try (closing) {
        closing.force();
      }
    }
  }

  private void write(List<Change> changes) throws IOException {
    checkOpen();
    LiveFile file = live;
    if (file == null) {
      replace(changes);
      return;
    }
    List<Change> effective =
        changes.stream().filter(c -> c.payload() != null || file.holds(c.key())).toList();
    if (file.hasRoom(effective) && isInPlace()) {
      attempt(file, mapped -> mapped.apply(effective));
      return;
    }
    try {
      replace(effective);
    } catch (IOException e) {
      // No room for a larger file: some may be left in this one.
      if (live != file || !isInPlace() || !file.couldHold(effective)) {
        throw e;
      }
      attempt(file, mapped -> mapped.apply(effective));
    }
  }

  /** After a failure the file is read again before the next change. */
  private void attempt(LiveFile file, Work work) throws IOException {
    try {
      file.checkLength();
      work.on(file);
    } catch (IOException e) {
      live = null;
      try (file) {
        throw new IOException("%s: %s".formatted(path, Owner.reason(e)), e);
      }
    } catch (RuntimeException | Error e) {
      live = null;
      try (file) {
        throw e;
      }
    }
  }

  /** Makes a new file of what is there and the changes, durable on return. */
  private void replace(List<Change> changes) throws IOException {
    Contents contents = contents();
    Map<String, byte[]> records = new TreeMap<>(contents.records());
    for (Change change : changes) {
      byte[] payload = change.payload();
      if (payload == null) {
        records.remove(change.key());
      } else {
        records.put(change.key(), payload);
      }
    }
    takeOver(live, successor.make(records, contents.sequence()));
  }

  private void takeOver(@Nullable LiveFile before, LiveFile after) throws IOException {
    live = after;
    unmapped = null;
    try (before) {
      attempt(after, file -> successor.settle());
    }
  }

  private Contents contents() throws IOException {
    if (unmapped != null) {
      return unmapped;
    }
    LiveFile file = live;
    Reading reading = file == null ? FoundFile.read(path, false) : RecordScan.read(file.channel());
    if (reading instanceof Reading.Found found && found.contents().whole()) {
      Contents contents = found.contents();
      if (file == null
          || (contents.sequence() == file.sequence() && contents.census().equals(file.census()))) {
        return contents;
      }
    }
    throw new FileChanged(path, why(reading));
  }

  private static String why(Reading reading) {
    if (reading instanceof Reading.Found found) {
      List<String> losses = found.contents().losses();
      return losses.isEmpty() ? "it holds something else" : String.join("; ", losses);
    }
    if (reading instanceof Reading.Unreadable unreadable) {
      return unreadable.why();
    }
    return reading instanceof Reading.Missing ? "it is gone" : "it is of a later version";
  }

  private void checkOpen() {
    if (closed) {
      throw new IllegalStateException("record file: closed");
    }
  }

  private interface Work {
    void on(LiveFile file) throws IOException;
  }
}
