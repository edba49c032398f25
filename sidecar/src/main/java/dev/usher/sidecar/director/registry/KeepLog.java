package dev.usher.sidecar.director.registry;

/** Writes down what could not be kept although nobody waits for it, for people to read. [any] */
@FunctionalInterface
public interface KeepLog {
  /**
   * What became of {@code director} is in force and not kept. Said once, until something can be
   * kept again. Must not block.
   */
  void onNotKept(String director, String message);
}
