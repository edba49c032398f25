package dev.usher.sidecar.cli.ctl;

import dev.usher.sidecar.cli.Version;
import dev.usher.sidecar.cli.ctl.api.ApiRequest;
import dev.usher.sidecar.cli.ctl.api.Assignment;
import dev.usher.sidecar.cli.ctl.api.CtlFailed;
import dev.usher.sidecar.cli.ctl.api.ObjectPath;
import dev.usher.sidecar.cli.ctl.api.Reply;
import java.io.PrintStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code usher ctl add}. */
@Command(
    name = "add",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Create a director, a backend or a bucket.",
      "Fails when there is one of that name.",
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  usher ctl add app queue-limit=200",
      "  usher ctl add app/backends/app03 url=http://10.0.0.5:8080 capacity=20",
      "  usher ctl add app/buckets/batch rate=5%% ceil=20%% parent=main",
    })
final class AddCommand extends Verb {
  private static final int PRECONDITION_FAILED = 412;

  @Parameters(
      index = "0",
      paramLabel = "PATH",
      converter = Arguments.Path.class,
      description = "What it shall be called, and in which director.")
  private @Nullable ObjectPath path;

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "KEY=VALUE",
      converter = Arguments.Pair.class,
      description = "Keys as in the configuration; a dot leads into an object.")
  private List<Assignment> settings = List.of();

  AddCommand(PrintStream out) {
    super(out);
  }

  @Override
  ApiRequest request() {
    return ApiRequest.of("PUT", one(path).resource()).withForm(settings).ifAbsent();
  }

  @Override
  Reply.Done done(Reply reply) throws CtlFailed {
    if (reply instanceof Reply.Refused refused && refused.status() == PRECONDITION_FAILED) {
      throw CtlFailed.of(List.of(one(path).text() + " exists already; set changes it"));
    }
    return reply.orFail();
  }

  @Override
  List<String> lines(Reply.Done done) {
    return List.of("created " + one(path).text());
  }
}
