package dev.usher.bench.strand;

import dev.usher.sidecar.shaper.Bucket;
import dev.usher.sidecar.shaper.BucketSpec;
import dev.usher.sidecar.shaper.Shaper;
import dev.usher.sidecar.shaper.Waiter;
import dev.usher.sidecar.strand.Serial;
import java.util.List;
import java.util.Objects;

/** A token's way in and out through a serial executor, with nothing allocated on it. */
final class Guests {
  private static final int CAPACITY = 1_000;

  private final Serial serial;
  private final Shaper shaper = new Shaper(List.of(BucketSpec.of("a", "20%", "50%")));
  private final Bucket bucket = Objects.requireNonNull(shaper.find("a"));

  Guests(Serial serial) {
    this.serial = serial;
    shaper.resize(CAPACITY);
  }

  Guest guest() {
    return new Guest();
  }

  /** One thread's request. */
  final class Guest extends Waiter {
    private final Runnable take = this::take;
    private final Runnable giveBack = this::giveBack;
    private volatile boolean away = true;

    /** Takes a token, gives it back, and waits until both have happened. */
    void visit() {
      away = false;
      serial.post(take);
      serial.post(giveBack);
      while (!away) {
        Thread.onSpinWait();
      }
    }

    private void take() {
      if (!shaper.tryTake(this, bucket, 0)) {
        throw new IllegalStateException("no token");
      }
    }

    private void giveBack() {
      shaper.release(this);
      away = true;
    }
  }
}
