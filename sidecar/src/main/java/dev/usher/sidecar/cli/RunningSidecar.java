package dev.usher.sidecar.cli;

import dev.usher.sidecar.director.Directors;
import java.net.InetSocketAddress;
import java.util.List;

/** A sidecar that runs in this JVM. [any] */
public interface RunningSidecar extends AutoCloseable {
  /** The bound addresses, in the order of the configuration; never port 0. */
  List<InetSocketAddress> listeners();

  /** The bound address of the admin API. */
  InetSocketAddress admin();

  Directors directors();

  /**
   * Stops accepting, serves what waits and runs up to drain-timeout, refuses the rest, then closes.
   * Returns when that is done; repetition is harmless.
   */
  void drain();

  /** Stops at once. Repetition is harmless, after {@link #drain} too. */
  @Override
  void close();
}
