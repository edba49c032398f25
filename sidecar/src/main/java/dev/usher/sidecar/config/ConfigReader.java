package dev.usher.sidecar.config;

import dev.usher.sidecar.config.document.Fault;
import dev.usher.sidecar.config.document.Faults;
import dev.usher.sidecar.config.document.Fields;
import dev.usher.sidecar.config.document.Value;
import dev.usher.sidecar.config.document.Value.Kind;
import dev.usher.sidecar.config.document.Value.Scalar;
import dev.usher.sidecar.config.document.YamlDocument;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads the YAML configuration; every problem of a file is reported at once. [any] */
public final class ConfigReader {
  static final int MAX_BYTES = 4 * 1024 * 1024;

  /** An export holds thousands of directors that nobody wrote by hand. */
  private static final int MAX_EXPORT_BYTES = 64 * 1024 * 1024;

  private final RouteSyntax syntax;

  public ConfigReader(RouteSyntax syntax) {
    this.syntax = syntax;
  }

  /** Reads a file; blocks. Trouble with reading is a problem of the configuration too. */
  public UsherConfig read(Path file) throws InvalidConfiguration {
    return readYaml(file.toString(), new FileText(file.toString(), MAX_BYTES).of(file));
  }

  /**
   * Reads YAML.
   *
   * @param name what messages call the text
   */
  public UsherConfig readYaml(String name, String text) throws InvalidConfiguration {
    return read(name, text, new SidecarReader(syntax));
  }

  /**
   * Reads the directors of a file, of which there must be a map; it need not say how requests come
   * to them. Blocks.
   */
  public List<ImportedDirector> directors(Path file) throws InvalidConfiguration {
    String name = file.toString();
    return directors(name, new FileText(name, MAX_EXPORT_BYTES).of(file));
  }

  /**
   * The same from a stream, which is read to its end and not closed.
   *
   * @param name what messages call it
   */
  public List<ImportedDirector> directors(String name, InputStream in) throws InvalidConfiguration {
    return directors(name, new FileText(name, MAX_EXPORT_BYTES).of(in));
  }

  private List<ImportedDirector> directors(String name, String text) throws InvalidConfiguration {
    SidecarReader reader = SidecarReader.ofDirectors(syntax);
    return reader.imported(read(name, text, reader));
  }

  private static UsherConfig read(String name, String text, SidecarReader reader)
      throws InvalidConfiguration {
    Faults faults = new Faults();
    Optional<UsherConfig> config =
        YamlDocument.parse(text, faults).flatMap(root -> read(root, reader, faults));
    InvalidConfiguration.throwIfAny(name, faults);
    return config.orElseThrow();
  }

  private static Optional<UsherConfig> read(Value root, SidecarReader reader, Faults faults) {
    if (root instanceof Scalar scalar && scalar.kind() == Kind.NOTHING) {
      faults.add(Fault.of(root.place(), "", "a configuration", "an empty file"));
      return Optional.empty();
    }
    return Optional.of(reader.read(Fields.of(root, "", root.place(), faults)));
  }
}
