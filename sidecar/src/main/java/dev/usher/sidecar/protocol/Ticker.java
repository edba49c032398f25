package dev.usher.sidecar.protocol;

import dev.usher.sidecar.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xnio.XnioIoThread;

/**
 * Looks at everything that may time out on one IO thread, every {@value #INTERVAL_MILLIS} ms while
 * there is anything: no timer is made, moved or cancelled per request. Timeouts are late by up to
 * one interval.
 */
public final class Ticker {
  private static final Logger LOG = LoggerFactory.getLogger(Ticker.class);

  static final long INTERVAL_MILLIS = 50;

  private final XnioIoThread thread;
  private final Clock clock;
  private final List<Ticking> members = new ArrayList<>();
  private boolean scheduled;

  Ticker(XnioIoThread thread, Clock clock) {
    this.thread = thread;
    this.clock = clock;
  }

  /** Has deadlines. Belongs to one ticker at most. */
  public abstract static class Ticking {
    private int index = -1;

    /** Must not throw. */
    protected abstract void onTick(long nowNanos);
  }

  public long nanos() {
    return clock.nanos();
  }

  /** Joins; on the thread. Repetition is harmless. */
  public void add(Ticking member) {
    if (member.index < 0) {
      member.index = members.size();
      members.add(member);
      schedule();
    }
  }

  /** Leaves; on the thread. Repetition is harmless. */
  public void remove(Ticking member) {
    int index = member.index;
    if (index >= 0) {
      member.index = -1;
      Ticking last = members.remove(members.size() - 1);
      if (index < members.size()) {
        members.set(index, last);
        last.index = index;
      }
    }
  }

  private void schedule() {
    if (!scheduled) {
      try {
        thread.executeAfter(this::tick, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
        scheduled = true;
      } catch (RejectedExecutionException e) {
        LOG.debug("the IO thread ends, and everything on it", e);
      }
    }
  }

  private void tick() {
    scheduled = false;
    long now = clock.nanos();
    // Backwards, since a member that leaves is replaced by the last one.
    for (int i = members.size() - 1; i >= 0; i--) {
      if (i < members.size()) {
        members.get(i).onTick(now);
      }
    }
    if (!members.isEmpty()) {
      schedule();
    }
  }
}
