package dev.usher.sidecar.store;

import dev.usher.sidecar.director.change.Memory;
import dev.usher.sidecar.store.Inspection.Kept;
import dev.usher.sidecar.store.Inspection.KeptFile;
import dev.usher.sidecar.store.file.RecordFile;
import dev.usher.sidecar.store.record.Contents;
import dev.usher.sidecar.store.record.Reading;
import dev.usher.sidecar.store.record.Usage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads a data folder, of a sidecar that runs or of one that does not, and changes nothing. It
 * reads the files as bytes and takes no lock, so the sidecar never notices. Any thread that may
 * block.
 */
public final class Inspector {
  private static final String SUFFIX = ".chm";
  private static final double UNKNOWN = -1;

  private final Path folder;
  private final List<KeptFile> files = new ArrayList<>();

  private Inspector(Path folder) {
    this.folder = folder;
  }

  /**
   * Reads {@code folder}.
   *
   * @throws IOException with a message for the user: no such folder, none of Usher's, a file that
   *     is no record file or that a newer version has written
   */
  public static Inspection inspect(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new IOException("%s: want a data folder, got %s".formatted(folder, what(folder)));
    }
    return new Inspector(folder).inspect();
  }

  private static String what(Path path) {
    return Files.exists(path) ? "a file" : "nothing";
  }

  private Inspection inspect() throws IOException {
    Map<String, byte[]> definitions = read(StoreFiles.DEFINITIONS);
    Map<String, byte[]> memories = read(StoreFiles.MEMORIES);
    if (files.isEmpty()) {
      throw new IOException(
          "%s: want a data folder, got one without %s"
              .formatted(folder, StoreFiles.DEFINITIONS + SUFFIX));
    }
    List<Kept> directors = new ArrayList<>();
    definitions.forEach((name, payload) -> directors.add(kept(name, payload, memories.get(name))));
    return new Inspection(folder, files, directors);
  }

  private Map<String, byte[]> read(String name) throws IOException {
    Path path = folder.resolve(name + SUFFIX);
    Reading reading = RecordFile.readCopy(path);
    if (reading instanceof Reading.TooNew newer) {
      throw new IOException(
          "%s: was written by a newer version of Usher (its format is %d)"
              .formatted(path, newer.version()));
    }
    if (reading instanceof Reading.Unreadable unreadable) {
      throw new IOException("%s: cannot be read: %s".formatted(path, unreadable.why()));
    }
    if (reading instanceof Reading.Found found) {
      Contents contents = found.contents();
      Usage usage = contents.usage();
      files.add(
          new KeptFile(
              name + SUFFIX,
              Files.size(path),
              contents.records().size(),
              usage == null ? UNKNOWN : usage.fill(),
              contents.losses()));
      return new TreeMap<>(contents.records());
    }
    return Map.of();
  }

  private static Kept kept(String name, byte[] definition, byte @Nullable [] memory) {
    try {
      KeptDirector kept = DefinitionCodec.decode(name, definition);
      return kept instanceof KeptDirector.Alive alive
          ? new Kept.Alive(alive.definition(), memory(memory))
          : new Kept.Removed(((KeptDirector.Removed) kept).written());
    } catch (Unreadable e) {
      return new Kept.Unreadable(name, String.valueOf(e.getMessage()));
    }
  }

  private static @Nullable Memory memory(byte @Nullable [] payload) {
    try {
      return payload == null ? null : MemoryCodec.decode(payload);
    } catch (Unreadable e) {
      // Counters start anew then, as they would after a start.
      return null;
    }
  }
}
