package dev.usher.sidecar.protocol;

import dev.usher.sidecar.backend.Target;
import dev.usher.sidecar.backend.check.HealthCheckSpec;
import dev.usher.sidecar.health.Probe;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.xnio.IoFuture;
import org.xnio.IoUtils;
import org.xnio.OptionMap;
import org.xnio.StreamConnection;
import org.xnio.XnioExecutor;
import org.xnio.XnioIoThread;
import org.xnio.XnioWorker;

/** A backend is there if it accepts a TCP connection. The answer comes on an IO thread. [any] */
public final class TcpProbe implements Probe {
  private final XnioWorker worker;
  private final Resolver resolver;

  public TcpProbe(XnioWorker worker, Resolver resolver) {
    this.worker = worker;
    this.resolver = resolver;
  }

  @Override
  public void probe(Target target, HealthCheckSpec how, Consumer<Result> done) {
    XnioIoThread thread = worker.getIoThread();
    thread.execute(() -> new Attempt(thread, done).start(target, how.timeout()));
  }

  /** On its thread. */
  private final class Attempt {
    private final XnioIoThread thread;
    private final Consumer<Result> done;
    private @Nullable IoFuture<StreamConnection> opening;
    private XnioExecutor.@Nullable Key timer;
    private boolean settled;

    Attempt(XnioIoThread thread, Consumer<Result> done) {
      this.thread = thread;
      this.done = done;
    }

    void start(Target target, Duration timeout) {
      timer =
          thread.executeAfter(
              () -> settle(false, "no connection within the timeout"),
              Math.max(1, timeout.toMillis()),
              TimeUnit.MILLISECONDS);
      resolver.resolve(target, thread, this::open, unknown -> settle(false, "its host is unknown"));
    }

    private void open(InetSocketAddress address) {
      if (settled) {
        return;
      }
      opening =
          thread.openStreamConnection(
              address,
              stream -> {
                IoUtils.safeClose(stream);
                settle(true, "it takes connections");
              },
              OptionMap.EMPTY);
      opening.addNotifier(
          new IoFuture.HandlingNotifier<StreamConnection, Attempt>() {
            @Override
            public void handleFailed(IOException exception, Attempt attempt) {
              attempt.settle(false, "no connection");
            }
          },
          this);
    }

    private void settle(boolean there, String cause) {
      if (settled) {
        return;
      }
      settled = true;
      if (timer != null) {
        timer.remove();
      }
      if (!there && opening != null) {
        opening.cancel();
      }
      done.accept(new Result(there, cause));
    }
  }
}
