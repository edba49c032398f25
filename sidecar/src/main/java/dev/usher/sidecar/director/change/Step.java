package dev.usher.sidecar.director.change;

import dev.usher.sidecar.director.admission.Reason;
import dev.usher.sidecar.director.spec.DirectorSpec;
import java.util.Set;

/** One director's part of a commit. */
public sealed interface Step {
  /** The director's name. */
  String director();

  /** A new director. */
  record Create(DirectorSpec spec, Origin origin) implements Step {
    @Override
    public String director() {
      return spec.name();
    }
  }

  /**
   * Another specification. Waiters of a removed bucket move to its parent; a removed backend is
   * terminating until its last request has ended.
   *
   * @param cut names of backends whose requests are broken off; those that serve or finish now are
   *     removed at once, and one that {@code next} has is there anew
   */
  record Replace(DirectorSpec next, long expectedVersion, Set<String> cut) implements Step {
    public Replace {
      cut = Set.copyOf(cut);
    }

    /** Breaks nothing off. */
    public Replace(DirectorSpec next, long expectedVersion) {
      this(next, expectedVersion, Set.of());
    }

    @Override
    public String director() {
      return next.name();
    }
  }

  /**
   * No more director: its waiters are refused with {@link Reason#NO_DIRECTOR}, its running requests
   * end as they would have.
   */
  record Remove(String director, long expectedVersion) implements Step {}
}
