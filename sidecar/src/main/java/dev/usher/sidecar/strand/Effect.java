package dev.usher.sidecar.strand;

import org.jspecify.annotations.Nullable;

/**
 * Something to do for the world outside once the strand is let go. An effect object waits in at
 * most one batch at a time; it carries its own link so that deferring allocates nothing.
 */
public abstract class Effect {
  @Nullable Effect next;

  /** Runs on the thread that let the strand go. Must not block and should not throw. */
  protected abstract void run();

  /** An effect from a lambda. */
  public static Effect of(Runnable action) {
    return new Effect() {
      @Override
      protected void run() {
        action.run();
      }
    };
  }
}
