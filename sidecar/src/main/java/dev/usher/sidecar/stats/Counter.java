package dev.usher.sidecar.stats;

import java.util.concurrent.atomic.AtomicLong;

/** A count that only grows. One thread at a time writes, any reads. */
public final class Counter {
  private final AtomicLong value = new AtomicLong();

  /** One more. [owner] */
  public void increment() {
    value.setOpaque(value.getPlain() + 1);
  }

  /** Counts on from what was read before a restart. [owner] */
  public void resume(long before) {
    value.setOpaque(value.getPlain() + before);
  }

  /** The count now. [any] */
  public long read() {
    return value.getOpaque();
  }
}
