package dev.usher.sidecar.strand;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/** The plain reference of {@link Strand}: a lock, a queue for tasks posted from inside. */
public final class LockSerial implements Serial {
  private final ReentrantLock lock = new ReentrantLock(true);
  private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
  private List<Effect> effects = new ArrayList<>();

  @Override
  public void post(Runnable task) {
    if (lock.isHeldByCurrentThread()) {
      tasks.add(task);
      return;
    }
    List<Effect> mine;
    lock.lock();
    try {
      Runnable next = task;
      while (next != null) {
        next.run();
        next = tasks.poll();
      }
      mine = effects;
      effects = new ArrayList<>();
    } finally {
      lock.unlock();
    }
    mine.forEach(Effect::run);
  }

  @Override
  public void afterwards(Effect effect) {
    effects.add(effect);
  }
}
