package dev.usher.sidecar.protocol.probe;

import dev.usher.sidecar.backend.Target;
import dev.usher.sidecar.backend.check.HealthCheckSpec;
import dev.usher.sidecar.health.Probe;
import dev.usher.sidecar.protocol.Resolver;
import java.util.function.Consumer;
import org.xnio.StreamConnection;
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
  public Pending probe(Target target, HealthCheckSpec how, Consumer<Result> done) {
    XnioIoThread thread = worker.getIoThread();
    return new Knock(thread, done).begin(resolver, target, how.timeout());
  }

  private static final class Knock extends Visit {
    Knock(XnioIoThread thread, Consumer<Result> done) {
      super(thread, done);
    }

    @Override
    void onConnection(StreamConnection fresh) {
      settle(new Result(true, "it takes connections"));
    }
  }
}
