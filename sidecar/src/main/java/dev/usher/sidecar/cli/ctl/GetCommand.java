package dev.usher.sidecar.cli.ctl;

import dev.usher.sidecar.cli.Version;
import dev.usher.sidecar.cli.ctl.api.ApiRequest;
import dev.usher.sidecar.cli.ctl.api.ObjectPath;
import dev.usher.sidecar.cli.ctl.api.Reply;
import dev.usher.sidecar.cli.ctl.api.Tree;
import dev.usher.sidecar.cli.ctl.show.Pages;
import dev.usher.sidecar.config.document.Value.Entry;
import java.io.PrintStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code usher ctl get}. */
@Command(
    name = "get",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Show all directors, or one object with settings and figures.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  usher ctl get                       all directors, a line each",
      "  usher ctl get app                   settings, buckets as a tree, backends",
      "  usher ctl get app/backends          only its backends; likewise app/buckets",
      "  usher ctl get app/backends/app01    one backend",
      "  usher ctl get app/buckets/vip       one bucket and what is below it",
    })
final class GetCommand extends Verb {
  private static final String ALL = "/director/";

  @Parameters(
      paramLabel = "PATH",
      arity = "0..1",
      converter = Arguments.Path.class,
      description = "What to show; all directors without it.")
  private @Nullable ObjectPath path;

  GetCommand(PrintStream out) {
    super(out);
  }

  @Override
  ApiRequest request() {
    return ApiRequest.of("GET", path == null ? ALL : path.resource());
  }

  @Override
  List<String> lines(Reply.Done done) {
    Tree answer = new Tree(done.json());
    if (path instanceof ObjectPath.OfDirector) {
      return Pages.director(answer);
    }
    if (path instanceof ObjectPath.OfBackend) {
      return Pages.backend(answer);
    }
    if (path instanceof ObjectPath.OfBucket) {
      return Pages.bucket(answer);
    }
    if (path == null) {
      return Pages.directors(answer);
    }
    List<Tree> members = answer.entries().stream().map(Entry::value).map(Tree::new).toList();
    // The root is the first of the buckets and has all others below it.
    return path instanceof ObjectPath.OfBackends
        ? Pages.backends(members)
        : members.stream().findFirst().map(Pages::buckets).orElse(List.of());
  }
}
