package dev.usher.sidecar.protocol.probe;

import dev.usher.sidecar.backend.Target;
import dev.usher.sidecar.backend.check.HealthCheckSpec;
import dev.usher.sidecar.health.Probe;
import dev.usher.sidecar.protocol.Resolver;
import java.time.Duration;
import java.util.function.Consumer;
import org.xnio.StreamConnection;
import org.xnio.XnioIoThread;
import org.xnio.XnioWorker;

/** A backend is there if it accepts a TCP connection. The answer comes on an IO thread. [any] */
final class TcpProbe implements Probe {
  private static final Result GOOD = new Result(true, "it takes connections");

  private final XnioWorker worker;
  private final Resolver resolver;

  TcpProbe(XnioWorker worker, Resolver resolver) {
    this.worker = worker;
    this.resolver = resolver;
  }

  @Override
  public void probe(Target target, HealthCheckSpec how, Consumer<Result> done) {
    new Connect(worker.getIoThread(), how.timeout(), done).begin(resolver, target);
  }

  private static final class Connect extends Attempt {
    Connect(XnioIoThread thread, Duration timeout, Consumer<Result> done) {
      super(thread, timeout, done);
    }

    @Override
    void onConnected(StreamConnection fresh) {
      settle(GOOD);
    }

    @Override
    Result onLate(String within) {
      return GOOD;
    }
  }
}
