package dev.usher.sidecar.cli;

import dev.usher.sidecar.cli.ctl.CtlCommand;
import dev.usher.sidecar.cli.inspect.InspectCommand;
import dev.usher.sidecar.config.ConfigReader;
import dev.usher.sidecar.time.Clock;
import dev.usher.sidecar.time.Timers;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine;

/** The whole command line. */
public final class UsherCli {
  private final SidecarLauncher launcher;
  private final ConfigReader reader;
  private final Ending ending;
  private final Clock clock;
  private final Timers timers;
  private final Terminal terminal;

  /**
   * @param timers run the demo's service times and pauses
   */
  public UsherCli(
      SidecarLauncher launcher,
      ConfigReader reader,
      Ending ending,
      Clock clock,
      Timers timers,
      Terminal terminal) {
    this.launcher = launcher;
    this.reader = reader;
    this.ending = ending;
    this.clock = clock;
    this.timers = timers;
    this.terminal = terminal;
  }

  /** Runs one command to its end and returns the status of the process. */
  public int run(String... args) {
    Complaints complaints = new Complaints(System.getProperty("usher.log-level"));
    CommandLine commands =
        commands(List.of(args))
            .setOut(new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8))
            .setErr(new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8))
            .setParameterExceptionHandler(complaints)
            .setExecutionExceptionHandler(complaints);
    try {
      return commands.execute(args);
    } catch (Error e) {
      // picocli hands only exceptions to its handler.
      return complaints.complain(e, commands);
    }
  }

  private CommandLine commands(List<String> args) {
    PrintStream out = terminal.out();
    return new Subcommands()
        .with("run", () -> new RunCommand(launcher, reader, ending, out))
        .with("check", () -> new CheckCommand(reader, out))
        .with("inspect", () -> new InspectCommand(clock, out))
        .with("demo", () -> new DemoCommand(launcher, clock, timers, terminal))
        .with("ctl", () -> CtlCommand.commandLine(args, reader, System.in, out))
        .addTo(new CommandLine(new UsherCommand()), args);
  }
}
