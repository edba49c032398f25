package dev.usher.sidecar.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import picocli.CommandLine;

/**
 * The commands of a group, of which only those are made whose names occur in the arguments: picocli
 * reads the annotations of all that it is given, which takes longer than most commands. A call that
 * names none, or asks for help, gets all of them.
 */
public final class Subcommands {
  private static final Set<String> HELP = Set.of("--help", "-h");

  private final Map<String, Supplier<Object>> all = new LinkedHashMap<>();

  /**
   * Adds a command.
   *
   * @param name as it is called and as it is annotated
   */
  public Subcommands with(String name, Supplier<Object> command) {
    all.put(name, command);
    return this;
  }

  /** {@code group} with what {@code arguments} may need. */
  public CommandLine addTo(CommandLine group, List<String> arguments) {
    boolean some =
        arguments.stream().anyMatch(all::containsKey)
            && arguments.stream().noneMatch(HELP::contains);
    all.forEach(
        (name, command) -> {
          if (!some || arguments.contains(name)) {
            group.addSubcommand(name, command.get());
          }
        });
    return group;
  }
}
