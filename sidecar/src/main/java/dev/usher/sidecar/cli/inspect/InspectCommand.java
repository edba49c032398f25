package dev.usher.sidecar.cli.inspect;

import dev.usher.sidecar.store.Inspection;
import dev.usher.sidecar.store.InspectionJson;
import dev.usher.sidecar.store.Inspector;
import dev.usher.sidecar.time.Clock;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code usher inspect}: prints what a data folder holds. */
@Command(
    name = "inspect",
    mixinStandardHelpOptions = true,
    description = {
      "Print what a data folder holds: directors, buckets, backends, health, what was changed at"
          + " runtime, histories, files. Reads only; the sidecar may be running or not.",
      "Exit 1 when something in it cannot be read."
    })
public final class InspectCommand implements Callable<Integer> {
  private static final int FINE = 0;
  private static final int FAILED = 1;

  private final Clock clock;
  private final PrintStream out;

  @Parameters(index = "0", paramLabel = "DIR", description = "The data folder.")
  private @Nullable Path folder;

  @Parameters(
      index = "1",
      paramLabel = "DIRECTOR",
      arity = "0..1",
      description = "This director only.")
  private @Nullable String director;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  public InspectCommand(Clock clock, PrintStream out) {
    this.clock = clock;
    this.out = out;
  }

  @Override
  public Integer call() throws IOException {
    Inspection all = Inspector.inspect(Objects.requireNonNull(folder, "DIR is required"));
    Inspection shown = director == null ? all : all.only(director);
    if (director != null && shown.directors().isEmpty()) {
      throw new IOException("%s holds no director '%s'".formatted(folder, director));
    }
    if (json) {
      out.println(new InspectionJson(shown, clock.epochMillis()).text());
    } else {
      new InspectionPage(shown, clock.epochMillis()).lines().forEach(out::println);
    }
    out.flush();
    return all.isWhole() ? FINE : FAILED;
  }
}
