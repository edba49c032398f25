package dev.usher.sidecar.cli.ctl;

import dev.usher.sidecar.cli.Version;
import dev.usher.sidecar.cli.ctl.api.ApiRequest;
import dev.usher.sidecar.cli.ctl.api.ObjectPath;
import dev.usher.sidecar.cli.ctl.api.Reply;
import dev.usher.sidecar.cli.ctl.api.Tree;
import dev.usher.sidecar.cli.ctl.show.Pages;
import java.io.PrintStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code usher ctl explain}. */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Say why requests wait in a bucket.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  usher ctl explain app/buckets/vip",
      "  usher ctl explain app/buckets/root",
    })
final class ExplainCommand extends Verb {
  @Parameters(paramLabel = "PATH", converter = Arguments.Path.class, description = "A bucket.")
  private @Nullable ObjectPath path;

  ExplainCommand(PrintStream out) {
    super(out);
  }

  @Override
  ApiRequest request() {
    ObjectPath bucket = one(path);
    if (!(bucket instanceof ObjectPath.OfBucket)) {
      throw wrongUse("PATH: want DIRECTOR/buckets/NAME, got '%s'".formatted(bucket.text()));
    }
    return ApiRequest.of("GET", bucket.resource() + "/explain");
  }

  @Override
  List<String> lines(Reply.Done done) {
    return Pages.explanation(new Tree(done.json()));
  }
}
