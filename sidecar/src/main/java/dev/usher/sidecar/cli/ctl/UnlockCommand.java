package dev.usher.sidecar.cli.ctl;

import dev.usher.sidecar.cli.Version;
import dev.usher.sidecar.cli.ctl.api.ApiRequest;
import dev.usher.sidecar.cli.ctl.api.ObjectPath;
import dev.usher.sidecar.cli.ctl.api.Reply;
import java.io.PrintStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code usher ctl unlock}. */
@Command(
    name = "unlock",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Enable a director or a backend.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  usher ctl unlock app",
      "  usher ctl unlock app/backends/app01",
    })
final class UnlockCommand extends Verb {
  @Parameters(
      paramLabel = "PATH",
      converter = Arguments.Path.class,
      description = "A director or a backend.")
  private @Nullable ObjectPath path;

  UnlockCommand(PrintStream out) {
    super(out);
  }

  @Override
  ApiRequest request() {
    return ApiRequest.of("UNLOCK", switched(path).resource());
  }

  @Override
  List<String> lines(Reply.Done done) {
    return List.of("unlocked " + switched(path).text());
  }
}
