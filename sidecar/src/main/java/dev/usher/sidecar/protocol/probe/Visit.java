package dev.usher.sidecar.protocol.probe;

import dev.usher.sidecar.backend.Target;
import dev.usher.sidecar.health.Probe;
import dev.usher.sidecar.health.Probe.Result;
import dev.usher.sidecar.protocol.Resolver;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xnio.IoFuture;
import org.xnio.IoUtils;
import org.xnio.OptionMap;
import org.xnio.StreamConnection;
import org.xnio.XnioExecutor;
import org.xnio.XnioIoThread;

/**
 * One probe: opens a connection, and ends exactly once, with a result and everything closed, when
 * its time is over at the latest. On its IO thread.
 */
abstract class Visit implements Probe.Pending {
  private static final Logger LOG = LoggerFactory.getLogger(Visit.class);

  /** For what has come in time to be read by a thread that was held up. */
  private static final long LAST_LOOK_MILLIS = 5;

  private final XnioIoThread thread;
  private final Consumer<Result> done;
  private @Nullable IoFuture<StreamConnection> opening;
  private @Nullable StreamConnection connection;
  private XnioExecutor.@Nullable Key timer;
  private boolean settled;

  Visit(XnioIoThread thread, Consumer<Result> done) {
    this.thread = thread;
    this.done = done;
  }

  /** The timeout covers all of it, the look-up of the name too. [any] */
  final Visit begin(Resolver resolver, Target target, Duration timeout) {
    thread.execute(() -> start(resolver, target, timeout));
    return this;
  }

  /** [any] */
  @Override
  public final void cancel() {
    try {
      thread.execute(() -> bad("called off"));
    } catch (RejectedExecutionException e) {
      LOG.debug("the IO thread has ended, and its probes with it", e);
    }
  }

  private void start(Resolver resolver, Target target, Duration timeout) {
    timer =
        thread.executeAfter(
            this::onTimeOver, Math.max(1, timeout.toMillis()), TimeUnit.MILLISECONDS);
    resolver.resolve(target, thread, this::open, unknown -> bad("its host is unknown"));
  }

  private void open(InetSocketAddress address) {
    if (settled) {
      return;
    }
    opening = thread.openStreamConnection(address, this::opened, OptionMap.EMPTY);
    opening.addNotifier(
        new IoFuture.HandlingNotifier<StreamConnection, Visit>() {
          @Override
          public void handleFailed(IOException exception, Visit visit) {
            visit.bad("no connection: " + exception.getMessage());
          }
        },
        this);
  }

  /**
   * Where nobody listens on a local port, Linux may choose that port for this side too and connects
   * it to itself (RFC 9293, section 3.5: simultaneous open).
   */
  void opened(StreamConnection fresh) {
    if (settled) {
      IoUtils.safeClose(fresh);
      return;
    }
    connection = fresh;
    try {
      if (fresh.getLocalAddress().equals(fresh.getPeerAddress())) {
        bad("no connection: only to itself, nobody listens");
      } else {
        onConnection(fresh);
      }
    } catch (IOException | RuntimeException e) {
      bad("the connection broke: " + e.getMessage());
    }
  }

  /** There is a connection; it is closed when this has settled. */
  abstract void onConnection(StreamConnection fresh) throws IOException;

  /** Timers run before channels are read; so a held-up thread would find silence everywhere. */
  private void onTimeOver() {
    try {
      timer = thread.executeAfter(this::onTimeout, LAST_LOOK_MILLIS, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      LOG.debug("the IO thread is about to end", e);
      onTimeout();
    }
  }

  private void onTimeout() {
    bad(missing() + " within the timeout");
  }

  private String missing() {
    if (opening == null) {
      return "its name was not found";
    }
    return connection == null ? "no connection" : "no answer";
  }

  final boolean isSettled() {
    return settled;
  }

  final void bad(String cause) {
    settle(new Result(false, cause));
  }

  /** The first call counts. */
  final void settle(Result result) {
    if (settled) {
      return;
    }
    settled = true;
    if (timer != null) {
      timer.remove();
    }
    if (connection != null) {
      IoUtils.safeClose(connection);
    } else if (opening != null) {
      opening.cancel();
    }
    done.accept(result);
  }
}
