package dev.usher.sidecar.cli.ctl;

import dev.usher.sidecar.cli.Subcommands;
import dev.usher.sidecar.cli.Version;
import dev.usher.sidecar.cli.ctl.api.AdminAddress;
import dev.usher.sidecar.cli.ctl.api.ApiClient;
import dev.usher.sidecar.config.AdminToken;
import dev.usher.sidecar.config.ConfigReader;
import dev.usher.unit.InvalidValue;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code usher ctl}: knows where the sidecar is; the verbs do the rest. */
@Command(
    name = "ctl",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Read and change a running sidecar through its admin API.",
    synopsisSubcommandLabel = "VERB",
    commandListHeading = "%nVerbs:%n",
    footerHeading = "%nPaths and examples:%n",
    footer = {
      "  app                    the director 'app'",
      "  app/backends/app01     a backend of it",
      "  app/buckets/vip        a bucket of it, wherever it is in the tree",
      "",
      "  usher ctl get",
      "  usher ctl get app",
      "  usher ctl set app queue-limit=200 health-check.interval=5s",
      "  usher ctl add app/backends/app03 url=http://10.0.0.5:8080 capacity=20",
      "  usher ctl lock app/backends/app03",
      "  usher ctl explain app/buckets/vip",
      "  usher ctl export directors.yaml",
    })
public final class CtlCommand implements Runnable {
  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--admin",
      paramLabel = "ADDR:PORT",
      scope = ScopeType.INHERIT,
      defaultValue = "127.0.0.1:7071",
      converter = Arguments.Admin.class,
      description = "Where the admin API is; default ${DEFAULT-VALUE}.")
  private @Nullable AdminAddress admin;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      scope = ScopeType.INHERIT,
      description = "Holds the bearer token that the admin API asks for.")
  private @Nullable String tokenFile;

  private CtlCommand() {}

  /**
   * The command with those of its verbs that {@code args} may need.
   *
   * @param reader reads what is imported
   * @param in what {@code import -} reads
   */
  public static CommandLine commandLine(
      List<String> args, ConfigReader reader, InputStream in, PrintStream out) {
    return new Subcommands()
        .with("get", () -> new GetCommand(out))
        .with("set", () -> new SetCommand(out))
        .with("add", () -> new AddCommand(out))
        .with("remove", () -> new RemoveCommand(out))
        .with("lock", () -> new LockCommand(out))
        .with("unlock", () -> new UnlockCommand(out))
        .with("explain", () -> new ExplainCommand(out))
        .with("export", () -> new ExportCommand(out))
        .with("import", () -> new ImportCommand(reader, in, out))
        .addTo(new CommandLine(new CtlCommand()), args);
  }

  @Override
  public void run() {
    throw new ParameterException(
        Objects.requireNonNull(spec, "set by picocli").commandLine(), "want a verb");
  }

  /** The API that the options name; connects to nothing yet. */
  ApiClient api(CommandLine verb) {
    try {
      return new ApiClient(
          Objects.requireNonNull(admin, "has a default"),
          tokenFile == null ? null : AdminToken.ofFile("--token-file", tokenFile));
    } catch (InvalidValue e) {
      throw new ParameterException(verb, e.getMessage(), e);
    }
  }
}
