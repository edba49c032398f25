package dev.usher.it.storm;

import java.util.ArrayList;
import java.util.List;

/** What one request met at the backends. Any thread. */
final class Trail {
  static final Trail NONE = new Trail();

  /**
   * A request that reached a backend.
   *
   * @param onUsedConnection whether another one had come on that connection before
   */
  record Stop(StormBackend at, Fault fault, boolean onUsedConnection, long nanos) {
    boolean diedThere() {
      return at.hasDiedSince(nanos);
    }

    /**
     * Whether it may have been sent once more within the same attempt, without counting: a kept
     * connection ended before the answer began, which tells nothing but that it was too old.
     */
    private boolean mayBeStale() {
      return onUsedConnection && (fault.isSilent() || diedThere());
    }
  }

  private final List<Stop> stops = new ArrayList<>();

  synchronized void add(Stop stop) {
    stops.add(stop);
  }

  synchronized int arrivals() {
    return stops.size();
  }

  /** The least number of attempts that explains the arrivals. */
  synchronized int attempts() {
    return (int) stops.stream().filter(stop -> !stop.mayBeStale()).count();
  }

  /** Whether a backend is to blame for an answer that is no whole one. */
  synchronized boolean isBroken() {
    return stops.stream().anyMatch(stop -> stop.fault().breaks() || stop.diedThere());
  }

  synchronized boolean hasStatus(int status) {
    return stops.stream().anyMatch(stop -> stop.fault().status() == status);
  }

  @Override
  public synchronized String toString() {
    return stops.stream()
        .map(stop -> stop.at() + " " + stop.fault() + (stop.onUsedConnection() ? " (kept)" : ""))
        .toList()
        .toString();
  }
}
