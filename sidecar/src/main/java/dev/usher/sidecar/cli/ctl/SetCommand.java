package dev.usher.sidecar.cli.ctl;

import dev.usher.sidecar.cli.Version;
import dev.usher.sidecar.cli.ctl.api.ApiRequest;
import dev.usher.sidecar.cli.ctl.api.Assignment;
import dev.usher.sidecar.cli.ctl.api.ObjectPath;
import dev.usher.sidecar.cli.ctl.api.Reply;
import java.io.PrintStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code usher ctl set}. */
@Command(
    name = "set",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Change settings of a director, a backend or a bucket.",
      "All that are given, or none.",
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  usher ctl set app queue-limit=200 scheduler=round-robin",
      "  usher ctl set app health-check.interval=5s health-check.expect=200,204",
      "  usher ctl set app/backends/app01 capacity=20 role=standby",
      "  usher ctl set app/buckets/upload rate=20%% parent=main",
    })
final class SetCommand extends Verb {
  @Parameters(
      index = "0",
      paramLabel = "PATH",
      converter = Arguments.Path.class,
      description = "A director, a backend or a bucket.")
  private @Nullable ObjectPath path;

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "KEY=VALUE",
      converter = Arguments.Pair.class,
      description = "Keys as in the configuration; a dot leads into an object.")
  private List<Assignment> settings = List.of();

  SetCommand(PrintStream out) {
    super(out);
  }

  @Override
  ApiRequest request() {
    return ApiRequest.of("POST", one(path).resource()).withForm(settings);
  }

  @Override
  List<String> lines(Reply.Done done) {
    return List.of("changed " + one(path).text());
  }
}
