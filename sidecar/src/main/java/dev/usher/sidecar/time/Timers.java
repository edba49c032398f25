package dev.usher.sidecar.time;

/**
 * Runs tasks later. Tasks must be short and must not block: they usually post to a strand. [any]
 */
public interface Timers {

  /**
   * Runs {@code task} once, about {@code delayNanos} from now (at once if that is not positive).
   */
  Timer after(long delayNanos, Runnable task);

  /** A task that has been asked for. */
  interface Timer {
    /** Takes the task back; nothing happens when it has run already. */
    void cancel();
  }
}
