package dev.usher.sidecar.cli;

import dev.usher.sidecar.config.ConfigReader;
import dev.usher.sidecar.config.InvalidConfiguration;
import dev.usher.sidecar.config.UsherConfig;
import dev.usher.sidecar.director.spec.DirectorSpec;
import dev.usher.sidecar.shaper.BucketSpec;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code usher check}: reads a configuration and starts nothing. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Validate a configuration: exit 0, or 2 with every error.")
final class CheckCommand implements Callable<Integer> {
  private final ConfigReader reader;
  private final PrintStream out;

  @Parameters(paramLabel = "FILE", arity = "1", description = "The configuration (YAML).")
  private @Nullable Path file;

  CheckCommand(ConfigReader reader, PrintStream out) {
    this.reader = reader;
    this.out = out;
  }

  @Override
  public Integer call() throws InvalidConfiguration {
    Path checked = Objects.requireNonNull(file, "FILE is required");
    UsherConfig config = reader.read(checked);
    List<DirectorSpec> directors = config.directors();
    out.printf(
        "%s: ok, %s, %s, %s, %s, %s%n",
        checked,
        count(config.listeners().size(), "listener"),
        count(config.routes().size(), "route"),
        count(directors.size(), "director"),
        count(directors.stream().mapToInt(each -> each.backends().size()).sum(), "backend"),
        count(directors.stream().mapToInt(each -> bucketsBelow(each.buckets())).sum(), "bucket"));
    out.flush();
    return ExitStatus.FINE;
  }

  private static int bucketsBelow(List<BucketSpec> siblings) {
    return siblings.size() + siblings.stream().mapToInt(each -> bucketsBelow(each.buckets())).sum();
  }

  private static String count(int number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }
}
