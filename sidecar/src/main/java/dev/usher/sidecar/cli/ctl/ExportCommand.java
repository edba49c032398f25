package dev.usher.sidecar.cli.ctl;

import dev.usher.sidecar.cli.ExitStatus;
import dev.usher.sidecar.cli.Version;
import dev.usher.sidecar.cli.ctl.api.CtlFailed;
import dev.usher.sidecar.cli.ctl.transfer.Export;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code usher ctl export}. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Write all directors as one YAML file.",
      "It has the shape of the configuration, so that usher ctl import, usher check and usher run"
          + " read it. Figures and routes are not in it.",
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  usher ctl export directors.yaml",
      "  usher ctl export | usher ctl import - --admin 127.0.0.1:7171",
    })
final class ExportCommand implements Callable<Integer> {
  private static final String STANDARD_OUTPUT = "-";

  private final PrintStream out;

  @ParentCommand private @Nullable CtlCommand ctl;
  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      paramLabel = "FILE",
      arity = "0..1",
      defaultValue = STANDARD_OUTPUT,
      description = "Where to; standard output without it, or with '-'.")
  private String file = STANDARD_OUTPUT;

  ExportCommand(PrintStream out) {
    this.out = out;
  }

  /** The file is opened when there is all that it shall hold. */
  @Override
  public Integer call() throws CtlFailed {
    String yaml =
        Export.yaml(
            Objects.requireNonNull(ctl, "set by picocli")
                .api(Objects.requireNonNull(spec, "set by picocli").commandLine()));
    if (file.equals(STANDARD_OUTPUT)) {
      out.print(yaml);
      if (out.checkError()) {
        throw new CtlFailed("cannot write to standard output", null);
      }
    } else {
      write(yaml);
    }
    return ExitStatus.FINE;
  }

  private void write(String yaml) throws CtlFailed {
    try {
      Files.writeString(Path.of(file), yaml);
    } catch (IOException e) {
      throw new CtlFailed("cannot write '%s': %s".formatted(file, e), e);
    }
  }
}
