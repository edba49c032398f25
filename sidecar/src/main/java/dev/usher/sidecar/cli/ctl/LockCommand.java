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

/** {@code usher ctl lock}. */
@Command(
    name = "lock",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Disable a director or a backend.",
      "The director answers 503 then; the backend gets no more requests.",
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  usher ctl lock app",
      "  usher ctl lock app/backends/app01",
    })
final class LockCommand extends Verb {
  @Parameters(
      paramLabel = "PATH",
      converter = Arguments.Path.class,
      description = "A director or a backend.")
  private @Nullable ObjectPath path;

  LockCommand(PrintStream out) {
    super(out);
  }

  @Override
  ApiRequest request() {
    return ApiRequest.of("LOCK", switched(path).resource());
  }

  @Override
  List<String> lines(Reply.Done done) {
    return List.of("locked " + switched(path).text());
  }
}
