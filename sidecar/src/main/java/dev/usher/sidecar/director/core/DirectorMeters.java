package dev.usher.sidecar.director.core;

import dev.usher.sidecar.director.change.Memory;
import dev.usher.sidecar.stats.Counter;
import dev.usher.sidecar.stats.LevelMeter;
import dev.usher.sidecar.stats.RateMeter;
import dev.usher.sidecar.stats.Retries;

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

  /** Requests that went on to another backend after a failed attempt. */
  final Counter retries = new Counter();

  /** Requests that did not, since their bucket's retry budget was spent. */
  final Counter retriesRefused = new Counter();

  /** Requests that ended at their deadline, in the queue or at a backend. */
  final Counter deadlineExceeded = new Counter();

  /** Counts on from what was read before a restart. [S] */
  void resume(Memory before, long secondsAgo, long nowNanos) {
    rate.resume(before.history(), secondsAgo, nowNanos);
    load.resume(before.load());
    queued.resume(before.queued());
    dropped.resume(before.dropped());
    unknownBucket.resume(before.unknownBucket());
    retries.resume(before.retries().made());
    retriesRefused.resume(before.retries().refused());
    deadlineExceeded.resume(before.deadlineExceeded());
  }

  /** [any] */
  Retries readRetries() {
    return new Retries(retries.read(), retriesRefused.read());
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
