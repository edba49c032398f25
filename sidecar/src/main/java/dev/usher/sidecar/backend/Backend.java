package dev.usher.sidecar.backend;

import dev.usher.sidecar.stats.Level;
import dev.usher.sidecar.stats.LevelMeter;

/**
 * A backend as its director sees it. It publishes every change of what it can take to its listener
 * and knows neither director nor shaper. [S]; {@link #load} and {@link #capacity} may be read by
 * [any].
 */
public final class Backend {

  /** Who wants to know. */
  @FunctionalInterface
  public interface Listener {
    /**
     * Enabled, capacity, what is held of it, role or health has changed, or may have: read the
     * backend. Order and repetition of these calls mean nothing.
     */
    void onChange(Backend backend);
  }

  /** As a limit: none beyond its capacity. */
  public static final int UNLIMITED = Integer.MAX_VALUE;

  private static final int WARM = 100;

  private final Listener listener;
  private final LevelMeter load = new LevelMeter();
  private BackendSpec spec;
  private boolean online = true;

  /** Units of its capacity that are kept from requests. */
  private int held;

  /** How much of its capacity is usable while it warms up. */
  private int warmPercent = WARM;

  /** Most requests in flight, whatever else. */
  private int most = UNLIMITED;

  private volatile int capacity;

  public Backend(BackendSpec spec, Listener listener) {
    this.spec = spec;
    this.listener = listener;
    this.capacity = spec.capacity();
  }

  public String name() {
    return spec.name();
  }

  public BackendSpec spec() {
    return spec;
  }

  public Role role() {
    return spec.role();
  }

  public boolean isOnline() {
    return online;
  }

  /** Whether it answers and its answers are no worse than they should be. */
  public boolean isWell() {
    return online && most > 0;
  }

  /** Whether it is still to show that it is well again: requests are let in to find out. */
  public boolean isOnTrial() {
    return 0 < most && most < UNLIMITED;
  }

  /** Whether new requests may go there at all: enabled, well and not terminating. */
  public boolean isAvailable() {
    return isWell() && spec.enabled() && spec.role() != Role.TERMINATING;
  }

  /**
   * Requests that may be in flight there now, were it available: what is configured, less what it
   * has not warmed up to and what is held. [any]
   */
  public int capacity() {
    return capacity;
  }

  /** Whether one more request may go there now. */
  public boolean hasRoom() {
    return isAvailable() && load.current() < capacity();
  }

  /** Requests in flight now. */
  public int inFlight() {
    return load.current();
  }

  public Level load() {
    return load.read();
  }

  public void configure(BackendSpec changed) {
    spec = changed;
    changed();
  }

  public void setOnline(boolean nowOnline) {
    online = nowOnline;
    listener.onChange(this);
  }

  /**
   * Lets so much of its capacity be used, rounded down, but one request at least.
   *
   * @param percent 1 to 100
   */
  public void warm(int percent) {
    if (percent != warmPercent) {
      warmPercent = percent;
      changed();
    }
  }

  /**
   * Lets no more requests in than that.
   *
   * @param requests 0 takes it out, anything between puts it on trial, {@link #UNLIMITED} ends it
   */
  public void limit(int requests) {
    most = requests;
    changed();
  }

  private void changed() {
    int warm = Math.max(1, (int) ((long) spec.capacity() * warmPercent / WARM));
    capacity = Math.max(0, Math.min(warm, most) - held);
    listener.onChange(this);
  }

  /** Keeps one unit of its capacity from requests, if one is free; says whether it did. */
  public boolean hold() {
    if (load.current() >= capacity()) {
      return false;
    }
    held++;
    changed();
    return true;
  }

  /** Requests may have the unit again. */
  public void letGo() {
    if (held == 0) {
      throw new IllegalStateException("backend " + name() + ": more was let go than was held");
    }
    held--;
    changed();
  }

  /** Counts its requests on from what was read before a restart. */
  public void resume(Level before) {
    load.resume(before);
  }

  /** A request goes there. */
  public void take() {
    if (!hasRoom()) {
      throw new IllegalStateException("backend " + name() + ": no room for a request");
    }
    load.up();
  }

  /** A request that went there has ended. */
  public void giveBack() {
    if (load.current() == 0) {
      throw new IllegalStateException("backend " + name() + ": more requests ended than began");
    }
    load.down();
  }
}
