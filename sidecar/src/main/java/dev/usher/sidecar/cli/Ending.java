package dev.usher.sidecar.cli;

/** How a running sidecar is asked to end; a port, so that tests need no signals. */
public interface Ending {
  /** From now on {@code drain} is run once when the end is asked for, and the status is 0. */
  void prepare(Runnable drain);

  /** Returns when the drain is done, or never when the process ends with it. */
  void await() throws InterruptedException;
}
