package dev.usher.sidecar.director.core;

import dev.usher.sidecar.director.change.Memory;
import dev.usher.sidecar.stats.Counter;
import dev.usher.sidecar.stats.LevelMeter;

/** What a director counts over all its buckets. Written on the strand, read by any thread. */
final class DirectorMeters {
  /** Requests at backends, pinned ones included. */
  final LevelMeter load = new LevelMeter();

  /** Waiters. */
  final LevelMeter queued = new LevelMeter();

  /** Requests that the director refused. */
  final Counter dropped = new Counter();

  /** Requests whose tag named no bucket. */
  final Counter unknownBucket = new Counter();

  /** Counts on from what was read before a restart. */
  void resume(Memory before) {
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
