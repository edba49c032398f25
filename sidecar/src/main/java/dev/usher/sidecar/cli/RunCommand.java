package dev.usher.sidecar.cli;

import dev.usher.sidecar.config.ConfigReader;
import dev.usher.sidecar.config.InvalidConfiguration;
import dev.usher.sidecar.config.ListenAddress;
import dev.usher.sidecar.config.UsherConfig;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code usher run}: serves until it is asked to end. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Run the sidecar until SIGTERM or SIGINT; it drains then and exits 0.")
final class RunCommand implements Callable<Integer> {
  /** Directors come through the API, and requests find theirs by Host and port. */
  private static final String WITHOUT_FILE = "routes: [{on-demand: true}]\n";

  private final SidecarLauncher launcher;
  private final ConfigReader reader;
  private final Ending ending;
  private final PrintStream out;

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "Configuration (YAML). Without it: the default addresses and no directors but those"
              + " that are created through the admin API.")
  private @Nullable Path config;

  @Option(
      names = "--listen",
      paramLabel = "ADDR:PORT",
      converter = HostPort.class,
      description =
          "Listen here instead of where the configuration says; may be repeated. Port 0 picks a"
              + " free one.")
  private @Nullable List<ListenAddress> listeners;

  @Option(
      names = "--admin",
      paramLabel = "ADDR:PORT",
      converter = HostPort.class,
      description = "Address of the admin API, instead of the configuration's.")
  private @Nullable ListenAddress admin;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Keep directors in this folder, instead of the configuration's.")
  private @Nullable Path data;

  RunCommand(SidecarLauncher launcher, ConfigReader reader, Ending ending, PrintStream out) {
    this.launcher = launcher;
    this.reader = reader;
    this.ending = ending;
    this.out = out;
  }

  @Override
  public Integer call() throws InvalidConfiguration, IOException, InterruptedException {
    UsherConfig merged = withOptions(read());
    if (!merged.admin().isLoopback() && merged.adminToken() == null) {
      throw wrongUse(
          "--admin: want a loopback address, or a configuration with a token-file, got '%s'"
              .formatted(merged.admin()));
    }
    try (RunningSidecar sidecar = launcher.launch(merged)) {
      ending.prepare(sidecar::drain);
      out.println(readyLine(sidecar));
      out.flush();
      ending.await();
    }
    return ExitStatus.FINE;
  }

  private ParameterException wrongUse(String message) {
    return new ParameterException(
        Objects.requireNonNull(spec, "set by picocli").commandLine(), message);
  }

  private UsherConfig read() throws InvalidConfiguration {
    return config == null
        ? reader.readYaml("built-in configuration", WITHOUT_FILE)
        : reader.read(config);
  }

  private UsherConfig withOptions(UsherConfig read) {
    return new UsherConfig(
        data == null ? read.data() : data,
        listeners == null ? read.listeners() : listeners,
        admin == null ? read.admin() : admin,
        read.adminToken(),
        read.maxBodyBytes(),
        read.drainTimeout(),
        read.trustTagsFrom(),
        read.routes(),
        read.directors(),
        read.onDemand());
  }

  private static String readyLine(RunningSidecar sidecar) {
    String listening =
        sidecar.listeners().stream().map(HostPort::url).collect(Collectors.joining(", "));
    return "usher ready: listeners %s admin %s".formatted(listening, HostPort.url(sidecar.admin()));
  }
}
