package dev.usher.sidecar.cli;

import dev.usher.sidecar.cli.demo.Demo;
import dev.usher.sidecar.cli.demo.DemoBackends;
import dev.usher.sidecar.cli.demo.Screen;
import dev.usher.sidecar.director.Director;
import dev.usher.sidecar.time.Clock;
import dev.usher.sidecar.time.Timers;
import dev.usher.unit.IntRange;
import dev.usher.unit.InvalidValue;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code usher demo}: sidecar, backends, load and live view in one JVM. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Show the sidecar at work: four backends of different speed, four classes of requests that"
          + " want more than there is, and once a second how the tokens are held. Ends by itself;"
          + " exit 0 if every class got its assured share, else 1.",
    })
final class DemoCommand implements Callable<Integer> {
  private static final IntRange SECONDS = new IntRange(1, 3_600);

  private final SidecarLauncher launcher;
  private final Clock clock;
  private final Timers timers;
  private final Terminal terminal;

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "30",
      description = "How long it runs, 1 to 3600; default ${DEFAULT-VALUE}.")
  private int seconds;

  DemoCommand(SidecarLauncher launcher, Clock clock, Timers timers, Terminal terminal) {
    this.launcher = launcher;
    this.clock = clock;
    this.timers = timers;
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    checkSeconds();
    try (DemoBackends backends = DemoBackends.start(clock, timers);
        RunningSidecar sidecar = launcher.launch(Demo.config(backends))) {
      Director director =
          Objects.requireNonNull(sidecar.directors().find(Demo.DIRECTOR), Demo.DIRECTOR);
      Screen screen =
          new Screen(terminal.out(), terminal.inPlace().getAsBoolean(), terminal.canvas());
      Demo demo = new Demo(seconds, backends, screen, clock, timers);
      return demo.run(sidecar.listeners().get(0), director) ? ExitStatus.FINE : ExitStatus.FAILED;
    }
  }

  private void checkSeconds() {
    try {
      SECONDS.check("--seconds", seconds);
    } catch (InvalidValue e) {
      throw new ParameterException(
          Objects.requireNonNull(spec, "set by picocli").commandLine(), e.getMessage(), e);
    }
  }
}
