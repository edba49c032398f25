package dev.usher.sidecar.stats;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A level that goes up and down, its highest value and how often it went up. One thread at a time
 * writes, any reads; each number is true at some moment, the three need not be of the same one.
 */
public final class LevelMeter {
  private final AtomicInteger current = new AtomicInteger();
  private final AtomicInteger max = new AtomicInteger();
  private final AtomicLong total = new AtomicLong();

  /** One more. [owner] */
  public void up() {
    int now = current.getPlain() + 1;
    current.setOpaque(now);
    total.setOpaque(total.getPlain() + 1);
    if (now > max.getPlain()) {
      max.setOpaque(now);
    }
  }

  /** One less. [owner] */
  public void down() {
    current.setOpaque(current.getPlain() - 1);
  }

  /** Counts on from what was read before a restart; the level stays as it is. [owner] */
  public void resume(Level before) {
    max.setOpaque(Math.max(max.getPlain(), before.max()));
    total.setOpaque(total.getPlain() + before.total());
  }

  /** The level now. [any] */
  public int current() {
    return current.getOpaque();
  }

  /** How often it went up. [any] */
  public long total() {
    return total.getOpaque();
  }

  /** All three numbers. [any] */
  public Level read() {
    return new Level(current.getOpaque(), max.getOpaque(), total.getOpaque());
  }
}
