package dev.usher.sidecar.cli;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code usher} alone does nothing: it wants a command. */
@Command(
    name = "usher",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "An HTTP sidecar that shares its backends' capacity among classes of requests.",
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExit status:%n",
    footer = {
      "  0   fine",
      "  1   failed at work",
      "  2   wrong use or configuration",
    })
final class UsherCommand implements Runnable {
  @Spec private @Nullable CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        Objects.requireNonNull(spec, "set by picocli").commandLine(), "want a command");
  }
}
