package dev.usher.sidecar.time;

/** Randomness. */
public interface Dice {
  /** A number from 0 to {@code bound - 1}, each as likely as the others. */
  int below(int bound);
}
