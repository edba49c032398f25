package dev.usher.sidecar.config;

import dev.usher.sidecar.config.document.Fault;
import dev.usher.sidecar.config.document.Faults;
import dev.usher.sidecar.config.document.Fields;
import dev.usher.sidecar.config.document.Place;
import dev.usher.sidecar.config.document.Value;
import dev.usher.sidecar.config.document.Value.Kind;
import dev.usher.sidecar.config.document.Value.Scalar;
import dev.usher.sidecar.config.document.YamlDocument;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Reads the YAML configuration; every problem of a file is reported at once. [any] */
public final class ConfigReader {
  static final int MAX_BYTES = 4 * 1024 * 1024;
  private static final String WANTED = "a readable YAML file of at most 4MiB";

  private final RouteSyntax syntax;

  public ConfigReader(RouteSyntax syntax) {
    this.syntax = syntax;
  }

  /** Reads a file; blocks. Trouble with reading is a problem of the configuration too. */
  public UsherConfig read(Path file) throws InvalidConfiguration {
    String name = file.toString();
    try {
      if (Files.isDirectory(file)) {
        throw unreadable(name, "a directory");
      }
      return readYaml(name, Utf8.decode(name, bytes(file)));
    } catch (NoSuchFileException e) {
      throw unreadable(name, "no such file");
    } catch (AccessDeniedException e) {
      throw unreadable(name, "a file that may not be read");
    } catch (IOException e) {
      throw unreadable(name, "the error " + e);
    }
  }

  private static byte[] bytes(Path file) throws IOException, InvalidConfiguration {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw unreadable(file.toString(), "a longer one");
      }
      return bytes;
    }
  }

  private static InvalidConfiguration unreadable(String name, String got) {
    return InvalidConfiguration.of(name, Fault.of(Place.UNKNOWN, "", WANTED, got));
  }

  /**
   * Reads YAML.
   *
   * @param name what messages call the text
   */
  public UsherConfig readYaml(String name, String text) throws InvalidConfiguration {
    Faults faults = new Faults();
    Optional<UsherConfig> config =
        YamlDocument.parse(text, faults).flatMap(root -> read(root, faults));
    InvalidConfiguration.throwIfAny(name, faults);
    return config.orElseThrow();
  }

  private Optional<UsherConfig> read(Value root, Faults faults) {
    if (root instanceof Scalar scalar && scalar.kind() == Kind.NOTHING) {
      faults.add(Fault.of(root.place(), "", "a configuration", "an empty file"));
      return Optional.empty();
    }
    return Optional.of(new SidecarReader(syntax).read(Fields.of(root, "", root.place(), faults)));
  }
}
