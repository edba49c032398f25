package dev.usher.sidecar;

import dev.usher.sidecar.classify.UndertowRouteSyntax;
import dev.usher.sidecar.cli.SignalEnding;
import dev.usher.sidecar.cli.Terminal;
import dev.usher.sidecar.cli.UsherCli;
import dev.usher.sidecar.config.ConfigReader;
import dev.usher.sidecar.time.Clock;
import dev.usher.sidecar.time.SystemClock;
import dev.usher.sidecar.time.ThreadTimers;
import org.slf4j.LoggerFactory;

/** Where the process begins. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    Clock clock = new SystemClock();
    ThreadTimers timers =
        new ThreadTimers(
            bug -> LoggerFactory.getLogger(ThreadTimers.class).error("defect in a timer", bug));
    UsherCli cli =
        new UsherCli(
            config -> Sidecar.start(config, clock, timers),
            new ConfigReader(new UndertowRouteSyntax()),
            new SignalEnding(),
            clock,
            timers,
            Terminal.system());
    System.exit(cli.run(args));
  }
}
