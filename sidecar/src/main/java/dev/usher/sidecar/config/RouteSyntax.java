package dev.usher.sidecar.config;

import java.util.Optional;

/** What the configuration needs to know of the language that routes are written in. [any] */
public interface RouteSyntax {
  /** What is wrong with a predicate, as one line; empty when it is fine. */
  Optional<String> predicateProblem(String when);

  /** What is wrong with an exchange attribute, as one line; empty when it is fine. */
  Optional<String> attributeProblem(String attribute);
}
