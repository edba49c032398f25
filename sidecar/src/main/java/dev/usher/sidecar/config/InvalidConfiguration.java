package dev.usher.sidecar.config;

import dev.usher.sidecar.config.document.Fault;
import dev.usher.sidecar.config.document.Faults;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A configuration that is refused, with every problem it has. */
public final class InvalidConfiguration extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  InvalidConfiguration(List<Problem> problems) {
    super(problems.stream().map(Problem::text).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  static InvalidConfiguration of(@Nullable String file, Fault fault) {
    return new InvalidConfiguration(List.of(Problem.of(file, fault)));
  }

  static void throwIfAny(@Nullable String file, Faults faults) throws InvalidConfiguration {
    if (!faults.isEmpty()) {
      throw new InvalidConfiguration(
          faults.inFileOrder().stream().map(fault -> Problem.of(file, fault)).toList());
    }
  }

  /** At least one, in the order of the file. */
  public List<Problem> problems() {
    return problems;
  }
}
