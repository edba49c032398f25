package dev.usher.sidecar.cli;

import dev.usher.sidecar.config.InvalidConfiguration;
import dev.usher.sidecar.config.Problem;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** What a failed command says on standard error, and with which status it ends. */
final class Complaints implements IParameterExceptionHandler, IExecutionExceptionHandler {
  /** A stack trace is printed at these levels only. */
  private static final Set<String> VERBOSE = Set.of("debug", "trace", "all");

  private final boolean withStack;

  /**
   * @param logLevel the property {@code usher.log-level}
   */
  Complaints(@Nullable String logLevel) {
    this.withStack = logLevel != null && VERBOSE.contains(logLevel.toLowerCase(Locale.ROOT));
  }

  @Override
  public int handleParseException(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    PrintWriter err = command.getErr();
    err.println(speaker(command) + e.getMessage());
    if (args.length == 0) {
      command.usage(err);
    } else {
      UnmatchedArgumentException.printSuggestions(e, err);
      err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
    }
    err.flush();
    return ExitStatus.WRONG_USE;
  }

  @Override
  public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
    return complain(e, command);
  }

  /** Says what {@code e} says; the status is the result. */
  int complain(Throwable e, CommandLine command) {
    PrintWriter err = command.getErr();
    if (e instanceof InvalidConfiguration invalid) {
      invalid.problems().stream().map(Problem::text).forEach(err::println);
    } else {
      String message = e instanceof IOException ? e.getMessage() : null;
      (message == null ? e.toString() : message)
          .lines()
          .forEach(line -> err.println(speaker(command) + line));
    }
    if (withStack) {
      e.printStackTrace(err);
    }
    err.flush();
    return e instanceof InvalidConfiguration ? ExitStatus.WRONG_USE : ExitStatus.FAILED;
  }

  /** {@code usher: }, or {@code usher ctl: } for a command of that group. */
  private static String speaker(CommandLine command) {
    CommandLine parent = command.getParent();
    boolean group = parent == null || !command.getSubcommands().isEmpty();
    return (group ? command : parent).getCommandSpec().qualifiedName() + ": ";
  }
}
