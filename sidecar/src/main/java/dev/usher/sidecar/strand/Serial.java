package dev.usher.sidecar.strand;

/**
 * Runs tasks one at a time, in the order in which each thread posted them. What one task wrote the
 * next one sees.
 */
public interface Serial {

  /**
   * Runs {@code task} when nobody is inside: now, in this thread, or later in the thread that is
   * inside. A task posted from inside runs after the current one. [any]
   */
  void post(Runnable task);

  /** Defers {@code effect} until the strand is let go. Only from a task. [S] */
  void afterwards(Effect effect);
}
