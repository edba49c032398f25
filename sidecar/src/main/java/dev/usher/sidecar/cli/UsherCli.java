package dev.usher.sidecar.cli;

import dev.usher.sidecar.config.ConfigReader;
import dev.usher.sidecar.time.Clock;
import dev.usher.sidecar.time.Timers;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;

/** The whole command line. */
public final class UsherCli {
  private final Complaints complaints;
  private final CommandLine commands;

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
    complaints = new Complaints(System.getProperty("usher.log-level"));
    commands =
        new CommandLine(new UsherCommand())
            .addSubcommand(new RunCommand(launcher, reader, ending, terminal.out()))
            .addSubcommand(new CheckCommand(reader, terminal.out()))
            .addSubcommand(new DemoCommand(launcher, clock, timers, terminal))
            .setOut(new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8))
            .setErr(new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8))
            .setParameterExceptionHandler(complaints)
            .setExecutionExceptionHandler(complaints);
  }

  /** Runs one command to its end and returns the status of the process. */
  public int run(String... args) {
    try {
      return commands.execute(args);
    } catch (Error e) {
      // picocli hands only exceptions to its handler.
      return complaints.complain(e, commands);
    }
  }
}
