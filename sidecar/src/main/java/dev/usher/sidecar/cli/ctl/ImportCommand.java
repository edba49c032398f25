package dev.usher.sidecar.cli.ctl;

import dev.usher.sidecar.cli.ExitStatus;
import dev.usher.sidecar.cli.Version;
import dev.usher.sidecar.cli.ctl.api.ApiClient;
import dev.usher.sidecar.cli.ctl.transfer.Import;
import dev.usher.sidecar.cli.ctl.transfer.ImportReport;
import dev.usher.sidecar.config.ConfigReader;
import dev.usher.sidecar.config.ImportedDirector;
import dev.usher.sidecar.config.InvalidConfiguration;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code usher ctl import}. */
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Put the directors of a YAML file in force.",
      "The file is an export, or any configuration, of which all but 'directors' is only checked."
          + " Nothing is sent when it has a problem (exit 2). Directors that are so already are left"
          + " alone; one that is refused does not stop the others (exit 1).",
      "hostname and port of a director make it one on demand.",
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  usher ctl import directors.yaml --dry-run",
      "  usher ctl import directors.yaml --prune",
    })
final class ImportCommand implements Callable<Integer> {
  private static final String STANDARD_INPUT = "-";

  private final ConfigReader reader;
  private final InputStream in;
  private final PrintStream out;

  @ParentCommand private @Nullable CtlCommand ctl;
  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      paramLabel = "FILE",
      converter = Arguments.FileName.class,
      description = "The YAML file; '-' is standard input.")
  private @Nullable Path file;

  @Option(names = "--dry-run", description = "Only say what would be done, or be refused.")
  private boolean dryRun;

  @Option(
      names = "--prune",
      description =
          "Remove directors that are not in the file, if nothing failed before; those made from the"
              + " template stay.")
  private boolean prune;

  ImportCommand(ConfigReader reader, InputStream in, PrintStream out) {
    this.reader = reader;
    this.in = in;
    this.out = out;
  }

  @Override
  public Integer call() throws InvalidConfiguration {
    CommandLine line = Objects.requireNonNull(spec, "set by picocli").commandLine();
    ApiClient api = Objects.requireNonNull(ctl, "set by picocli").api(line);
    List<ImportedDirector> directors = read(Objects.requireNonNull(file, "FILE is required"));
    ImportReport report = new ImportReport(out, line.getErr(), dryRun);
    new Import(api, report, dryRun, prune).run(directors);
    return report.isFine() ? ExitStatus.FINE : ExitStatus.FAILED;
  }

  private List<ImportedDirector> read(Path from) throws InvalidConfiguration {
    return from.toString().equals(STANDARD_INPUT)
        ? reader.directors("standard input", in)
        : reader.directors(from);
  }
}
