package dev.usher.sidecar.protocol;

import dev.usher.sidecar.backend.Target;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The idle connections of one IO thread, last in first out, so that few stay in use and the others
 * grow old. How many may be in use is the director's business.
 */
final class ConnectionPool extends Ticker.Ticking {
  static final int MAX_IDLE_PER_TARGET = 256;
  static final Duration MAX_IDLE_TIME = Duration.ofSeconds(30);

  private final Map<Target, Deque<BackendConnection>> idle = new HashMap<>();
  private final Ticker ticker;

  ConnectionPool(Ticker ticker) {
    this.ticker = ticker;
  }

  /**
   * One that the kernel knows nothing bad of. Each is looked at: bytes behind the last response
   * would be taken for the next one's.
   */
  @Nullable BackendConnection take(Target target) {
    Deque<BackendConnection> connections = idle.get(target);
    if (connections == null) {
      return null;
    }
    BackendConnection connection;
    while ((connection = connections.pollFirst()) != null) {
      if (connection.isAlive()) {
        return connection;
      }
      connection.close();
    }
    return null;
  }

  void give(BackendConnection connection) {
    Deque<BackendConnection> connections =
        idle.computeIfAbsent(connection.target, t -> new ArrayDeque<>());
    connection.idleSinceNanos = ticker.nanos();
    connections.addFirst(connection);
    if (connections.size() > MAX_IDLE_PER_TARGET) {
      connections.removeLast().close();
    }
    ticker.add(this);
  }

  /** Closes those that nobody has used for {@link #MAX_IDLE_TIME} or that the backend closed. */
  @Override
  protected void onTick(long nowNanos) {
    Iterator<Deque<BackendConnection>> each = idle.values().iterator();
    while (each.hasNext()) {
      Deque<BackendConnection> connections = each.next();
      BackendConnection oldest;
      while ((oldest = connections.peekLast()) != null
          && (!oldest.isOpen() || nowNanos - oldest.idleSinceNanos >= MAX_IDLE_TIME.toNanos())) {
        connections.removeLast().close();
      }
      if (connections.isEmpty()) {
        each.remove();
      }
    }
    if (idle.isEmpty()) {
      ticker.remove(this);
    }
  }
}
