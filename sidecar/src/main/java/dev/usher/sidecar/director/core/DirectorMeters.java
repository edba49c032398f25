package dev.usher.sidecar.director.core;

import dev.usher.sidecar.director.change.Memory;
import dev.usher.sidecar.stats.Counter;
import dev.usher.sidecar.stats.LevelMeter;
import dev.usher.sidecar.stats.RateMeter;

/** What a director counts over all its buckets. Written on the strand, read by any thread. */
final class DirectorMeters {
  /** Requests at backends, pinned ones included. */
  final LevelMeter load = new LevelMeter();

  /** Requests that went to a backend, pinned ones included; each attempt is one. */
  final RateMeter rate = new RateMeter();

  /** Waiters. */
  final LevelMeter queued = new LevelMeter();

  /** Requests that the director refused. */
  final Counter dropped = new Counter();

  /** Requests whose tag named no bucket. */
  final Counter unknownBucket = new Counter();

  /** Counts on from what was read before a restart. [S] */
  void resume(Memory before, long secondsAgo, long nowNanos) {
    rate.resume(before.history(), secondsAgo, nowNanos);
    load.resume(before.load());
    queued.resume(before.queued());
    dropped.resume(before.dropped());
    unknownBucket.resume(before.unknownBucket());
  }

  /** Whether a request is here now. */
  boolean isBusy() {
    return load.current() > 0 || queued.current() > 0;
  }

  /** A number that grows with each request that comes. */
  long arrivals() {
    return load.total() + queued.total() + dropped.read();
  }
}
