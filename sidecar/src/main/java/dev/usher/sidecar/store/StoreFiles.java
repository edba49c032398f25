package dev.usher.sidecar.store;

import dev.usher.sidecar.director.change.Memory;
import dev.usher.sidecar.store.file.Opening;
import dev.usher.sidecar.store.file.RecordFile;
import dev.usher.sidecar.store.file.Recovery;
import dev.usher.sidecar.store.folder.StateFolder;
import dev.usher.sidecar.time.Clock;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The two files of a store in their folder: definitions, which are changed seldom and must not be
 * lost, and memories, which are written all the time. [p]
 */
final class StoreFiles implements Closeable {
  static final String DEFINITIONS = "directors";
  static final String MEMORIES = "memories";

  private static final Logger LOG = LoggerFactory.getLogger(StoreFiles.class);

  private final StateFolder folder;
  private final RecordFile definitions;
  private final RecordFile memories;

  private StoreFiles(StateFolder folder, RecordFile definitions, RecordFile memories) {
    this.folder = folder;
    this.definitions = definitions;
    this.memories = memories;
  }

  /**
   * Opens or creates both files; what is damaged is set aside and said in the log.
   *
   * @throws IOException with a message for the user: another sidecar has the folder, a newer
   *     version has written it, or it cannot be read
   */
  static StoreFiles open(Path path, Clock clock) throws IOException {
    StateFolder folder = StateFolder.open(path, clock);
    try {
      RecordFile definitions = open(folder, path, DEFINITIONS);
      try {
        return new StoreFiles(folder, definitions, open(folder, path, MEMORIES));
      } catch (IOException | RuntimeException e) {
        definitions.close();
        throw e;
      }
    } catch (IOException | RuntimeException e) {
      folder.close();
      throw e;
    }
  }

  private static RecordFile open(StateFolder folder, Path path, String name) throws IOException {
    Opening opening = RecordFile.open(folder, name);
    if (opening instanceof Opening.TooNew newer) {
      throw new IOException(
          "%s in %s was written by a newer version of Usher (its format is %d); it was left as it is"
              .formatted(name, path, newer.version()));
    }
    Opening.Opened opened = (Opening.Opened) opening;
    say(name, opened.recovery());
    return opened.file();
  }

  private static void say(String name, Recovery recovery) {
    recovery.losses().forEach(loss -> LOG.error("{}: lost: {}", name, loss));
    if (recovery.setAside() != null) {
      LOG.error(
          "{}: the damaged file is kept as {}; {} records were saved",
          name,
          recovery.setAside(),
          recovery.records());
    }
    if (recovery.trouble() != null) {
      LOG.error("{}: cannot be written yet: {}", name, recovery.trouble());
    }
  }

  /** All that was kept and can be understood. */
  Loaded load() throws IOException {
    Map<String, KeptDirector> directors = new HashMap<>();
    for (Map.Entry<String, byte[]> each : definitions.readAll().entrySet()) {
      try {
        directors.put(each.getKey(), DefinitionCodec.decode(each.getKey(), each.getValue()));
      } catch (Unreadable e) {
        LOG.error(
            "director {}: lost: what was kept of it cannot be understood: {}",
            each.getKey(),
            e.getMessage());
        save(each.getKey(), each.getValue());
      }
    }
    return new Loaded(directors, loadMemories());
  }

  /** For people; it also stays in the file until there is another director of this name. */
  private void save(String director, byte[] payload) {
    try {
      Path path = folder.save("director-" + director + ".json", payload);
      LOG.error("director {}: what was kept of it is saved as {}", director, path);
    } catch (IOException e) {
      Complaint.log(LOG, "director " + director + ": what was kept of it cannot be saved", e);
    }
  }

  private Map<String, Memory> loadMemories() throws IOException {
    Map<String, Memory> loaded = new HashMap<>();
    for (Map.Entry<String, byte[]> each : memories.readAll().entrySet()) {
      try {
        loaded.put(each.getKey(), MemoryCodec.decode(each.getValue()));
      } catch (Unreadable e) {
        LOG.warn("director {}: its counters start anew: {}", each.getKey(), e.getMessage());
      }
    }
    return loaded;
  }

  /** Makes both ready to be written, which else the first change has to wait for. */
  void prepare() throws IOException {
    definitions.prepare();
    memories.prepare();
  }

  Records definitions() {
    return new FileRecords(definitions);
  }

  Records memories() {
    return new FileRecords(memories);
  }

  @Override
  public void close() throws IOException {
    try (folder;
        memories;
        definitions) {
      LOG.debug("the store is closed");
    }
  }
}
