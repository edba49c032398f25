package dev.usher.sidecar.time;

import java.util.concurrent.ThreadLocalRandom;

/** The JDK's generator of each thread. */
public final class RandomDice implements Dice {
  @Override
  public int below(int bound) {
    return ThreadLocalRandom.current().nextInt(bound);
  }
}
