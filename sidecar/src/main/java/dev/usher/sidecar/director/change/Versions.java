package dev.usher.sidecar.director.change;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Hands out the versions of all directors, each once and each higher than those before. They follow
 * the clock, so that they go on rising over restarts even where nothing was kept: a version that
 * somebody has read never comes to mean anything else. There are a thousand for each millisecond,
 * more than changes can be made; a clock that was set back does no harm as long as the versions are
 * kept. [any]
 */
public final class Versions {
  private static final long PER_MILLISECOND = 1_000;

  private final LongSupplier epochMillis;
  private final AtomicLong last = new AtomicLong();

  public Versions(LongSupplier epochMillis) {
    this.epochMillis = epochMillis;
  }

  /** One that nobody has had, at least 1. */
  public long next() {
    long clock = epochMillis.getAsLong() * PER_MILLISECOND;
    return last.updateAndGet(before -> Math.max(before + 1, clock));
  }

  /** {@code version} was handed out before the restart: all that come are higher. */
  public void passed(long version) {
    last.accumulateAndGet(version, Math::max);
  }
}
