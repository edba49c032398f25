package dev.usher.sidecar.http;

import io.undertow.server.AbstractServerConnection;
import io.undertow.server.HttpServerExchange;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.xnio.ChannelListener;
import org.xnio.IoUtils;
import org.xnio.StreamConnection;
import org.xnio.XnioExecutor;

/**
 * Closes connections on which no request comes to be for as long as one may take between two
 * requests and for a head. Undertow limits these two itself, but not what it does on its own: it
 * reads the whole body of a request that it refuses, and waits until its client takes the answer.
 * One timer for each connection, which fires after between one and two such times; each watch
 * belongs to its connection's IO thread.
 */
final class ConnectionWatches implements ChannelListener<StreamConnection> {
  private final ConcurrentMap<StreamConnection, Watch> watches = new ConcurrentHashMap<>();
  private final ChannelListener<StreamConnection> opened;
  private final long patienceMillis;

  /**
   * @param opened told of each new connection
   */
  ConnectionWatches(ChannelListener<StreamConnection> opened, Duration patience) {
    this.opened = opened;
    this.patienceMillis = patience.toMillis();
  }

  @Override
  public void handleEvent(StreamConnection connection) {
    Watch watch = new Watch(connection);
    watches.put(connection, watch);
    connection.setCloseListener(watch::forget);
    watch.schedule();
    opened.handleEvent(connection);
  }

  /** The watch over the connection of {@code exchange}, null if it has none any more. */
  @Nullable Watch of(HttpServerExchange exchange) {
    return exchange.getConnection() instanceof AbstractServerConnection server
        ? watches.get(server.getChannel())
        : null;
  }

  /** Of one connection. */
  final class Watch {
    private final StreamConnection connection;
    private XnioExecutor.@Nullable Key timer;
    private boolean busy;

    /** Whether there was a request at the last look or since. */
    private boolean wasBusy;

    private Watch(StreamConnection connection) {
      this.connection = connection;
    }

    /** A request has come. */
    void begin() {
      busy = true;
      wasBusy = true;
    }

    /** Its exchange is complete. */
    void end() {
      busy = false;
    }

    private void schedule() {
      try {
        timer =
            connection
                .getIoThread()
                .executeAfter(this::look, patienceMillis, TimeUnit.MILLISECONDS);
      } catch (RejectedExecutionException e) {
        IoUtils.safeClose(connection);
      }
    }

    private void look() {
      if (busy || wasBusy) {
        wasBusy = busy;
        schedule();
      } else {
        IoUtils.safeClose(connection);
      }
    }

    private void forget(StreamConnection closed) {
      watches.remove(closed);
      if (timer != null) {
        timer.remove();
      }
    }
  }
}
