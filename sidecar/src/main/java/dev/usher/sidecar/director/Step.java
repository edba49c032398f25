package dev.usher.sidecar.director;

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

  /** Another specification; waiters of a removed bucket move to its parent. */
  record Replace(DirectorSpec next, long expectedVersion) implements Step {
    @Override
    public String director() {
      return next.name();
    }
  }

  /**
   * Takes a backend out of service: role terminating now, removed when its last request has ended
   * ({@code cutNow}: its requests are broken off and it is removed at once).
   */
  record RemoveBackend(String director, String backend, boolean cutNow, long expectedVersion)
      implements Step {}

  /**
   * No more director: its waiters are refused with {@link Reason#NO_DIRECTOR}, its running requests
   * end as they would have.
   */
  record Remove(String director, long expectedVersion) implements Step {}
}
