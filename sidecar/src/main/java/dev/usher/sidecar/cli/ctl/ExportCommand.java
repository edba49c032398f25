package dev.usher.sidecar.cli.ctl;

import dev.usher.sidecar.cli.ExitStatus;
import dev.usher.sidecar.cli.Version;
import dev.usher.sidecar.cli.ctl.api.CtlFailed;
import dev.usher.sidecar.cli.ctl.transfer.Export;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
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
          + " read it. Figures and routes are not in it. Directors on demand have their hostname and"
          + " port, which only import reads; those made from the template are left out.",
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
      converter = Arguments.FileName.class,
      description = "Where to, over what is there; standard output without it, or with '-'.")
  private Path file = Path.of(STANDARD_OUTPUT);

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
    if (file.toString().equals(STANDARD_OUTPUT)) {
      out.print(yaml);
      if (out.checkError()) {
        throw CtlFailed.unwritable();
      }
    } else {
      write(yaml);
    }
    return ExitStatus.FINE;
  }

  private void write(String yaml) throws CtlFailed {
    try {
      Files.writeString(file, yaml);
    } catch (IOException e) {
      throw new CtlFailed("cannot write '%s': %s".formatted(file, why(e)), e);
    }
  }

  private static String why(IOException e) {
    if (e instanceof NoSuchFileException) {
      return "no such folder";
    }
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    String reason = e instanceof FileSystemException system ? system.getReason() : e.getMessage();
    return reason == null ? e.toString() : reason;
  }
}
