package dev.usher.bench.strand;

import dev.usher.sidecar.strand.Effect;
import dev.usher.sidecar.strand.Serial;
import java.util.concurrent.locks.ReentrantLock;

/** What one would write instead of a strand: every thread waits for the lock. */
final class LockSerial implements Serial {
  private final ReentrantLock lock = new ReentrantLock();

  @Override
  public void post(Runnable task) {
    lock.lock();
    try {
      task.run();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void afterwards(Effect effect) {
    throw new UnsupportedOperationException("no effects here");
  }
}
