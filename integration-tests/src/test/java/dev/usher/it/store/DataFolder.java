package dev.usher.it.store;

import dev.usher.it.harness.Configs;
import dev.usher.it.harness.UsherProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A data folder and the sidecars that use it, one after the other. */
final class DataFolder {
  private final Path folder;

  DataFolder(Path folder) {
    this.folder = folder;
  }

  Path path() {
    return folder;
  }

  /** Starts a sidecar with directors as a file has them, in YAML, and on-demand routes. */
  UsherProcess start(String directors) {
    return UsherProcess.start(config(directors));
  }

  String config(String directors) {
    return Configs.ports()
        + "data: '%s'\nroutes: [{on-demand: true}]\ndirectors: {%s}\n".formatted(folder, directors);
  }

  /** The names of what is in there. */
  List<String> files() {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path file(String name) {
    return folder.resolve(name);
  }
}
