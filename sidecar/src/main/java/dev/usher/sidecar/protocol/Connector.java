package dev.usher.sidecar.protocol;

import dev.usher.sidecar.backend.Target;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.xnio.IoFuture;
import org.xnio.IoUtils;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.StreamConnection;

/** Opens one connection; the timeout covers the name's resolution too. */
final class Connector extends Ticker.Ticking {
  private static final OptionMap OPTIONS = OptionMap.create(Options.TCP_NODELAY, true);

  private final Http1Upstream.Lane lane;
  private final Target target;
  private final Listener listener;
  private @Nullable IoFuture<StreamConnection> opening;
  private long deadlineNanos;
  private boolean settled;

  /** Hears one of the two, once, unless the connector was cancelled. */
  interface Listener {
    void onConnection(BackendConnection fresh);

    void onNoConnection(IOException cause);
  }

  Connector(Http1Upstream.Lane lane, Target target, Listener listener) {
    this.lane = lane;
    this.target = target;
    this.listener = listener;
  }

  void start(Duration timeout) {
    deadlineNanos = lane.ticker().nanos() + timeout.toNanos();
    lane.ticker().add(this);
    lane.resolver().resolve(target, lane.thread(), this::open, this::fail);
  }

  private void open(InetSocketAddress address) {
    if (settled) {
      return;
    }
    opening = lane.thread().openStreamConnection(address, this::opened, OPTIONS);
    opening.addNotifier(
        new IoFuture.HandlingNotifier<StreamConnection, Connector>() {
          @Override
          public void handleFailed(IOException exception, Connector attachment) {
            attachment.fail(exception);
          }
        },
        this);
  }

  void opened(StreamConnection stream) {
    if (settled) {
      IoUtils.safeClose(stream);
      return;
    }
    if (leadsToItself(stream)) {
      IoUtils.safeClose(stream);
      fail(new ConnectException("no connection to " + target + ", only to itself"));
      return;
    }
    settle();
    listener.onConnection(BackendConnection.over(stream, target, lane.buffers()));
  }

  /**
   * Where nobody listens on a local port, Linux may choose that port for this side too and connects
   * it to itself (RFC 9293, section 3.5: simultaneous open); requests would be answered by their
   * own bytes.
   */
  private static boolean leadsToItself(StreamConnection stream) {
    return stream.getLocalAddress().equals(stream.getPeerAddress());
  }

  private void fail(IOException cause) {
    if (!settled) {
      cancel();
      listener.onNoConnection(cause);
    }
  }

  @Override
  protected void onTick(long nowNanos) {
    if (nowNanos - deadlineNanos >= 0) {
      fail(new ConnectException("no connection to " + target + " within connect-timeout"));
    }
  }

  void cancel() {
    settle();
    if (opening != null) {
      opening.cancel();
    }
  }

  private void settle() {
    settled = true;
    lane.ticker().remove(this);
  }
}
