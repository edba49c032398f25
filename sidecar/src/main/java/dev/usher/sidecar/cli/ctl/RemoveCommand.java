package dev.usher.sidecar.cli.ctl;

import dev.usher.sidecar.cli.Version;
import dev.usher.sidecar.cli.ctl.api.ApiRequest;
import dev.usher.sidecar.cli.ctl.api.ObjectPath;
import dev.usher.sidecar.cli.ctl.api.Reply;
import dev.usher.sidecar.cli.ctl.api.Tree;
import java.io.PrintStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code usher ctl remove}. */
@Command(
    name = "remove",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Remove a director, a backend or a bucket.",
      "A backend finishes its requests first; who waits in a bucket moves to its parent.",
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  usher ctl remove app/backends/app03",
      "  usher ctl remove app/backends/app03 --now",
      "  usher ctl remove app/buckets/batch",
      "  usher ctl remove app",
    })
final class RemoveCommand extends Verb {
  @Parameters(
      paramLabel = "PATH",
      converter = Arguments.Path.class,
      description = "A director, a backend or a bucket.")
  private @Nullable ObjectPath path;

  @Option(names = "--now", description = "Cut the requests that a backend still has.")
  private boolean now;

  RemoveCommand(PrintStream out) {
    super(out);
  }

  @Override
  ApiRequest request() {
    ObjectPath removed = one(path);
    if (now && !(removed instanceof ObjectPath.OfBackend)) {
      throw wrongUse("--now: want a backend, got '%s'".formatted(removed.text()));
    }
    return ApiRequest.of("DELETE", removed.resource() + (now ? "?now=true" : ""));
  }

  /** A backend that drains is not gone yet. */
  @Override
  List<String> lines(Reply.Done done) {
    return List.of(new Tree(done.json()).text("removal", "removed") + " " + one(path).text());
  }
}
