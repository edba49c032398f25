package dev.usher.sidecar.protocol.probe;

import dev.usher.sidecar.backend.Target;
import dev.usher.sidecar.backend.check.HealthCheckSpec;
import dev.usher.sidecar.health.Probe;
import dev.usher.sidecar.protocol.Resolver;
import java.util.function.Consumer;
import org.xnio.XnioWorker;

/**
 * A backend is there if it answers a request with an expected status and, where wanted, a text in
 * the body. The answer comes on an IO thread. [any]
 */
final class HttpProbe implements Probe {
  private final XnioWorker worker;
  private final Resolver resolver;

  HttpProbe(XnioWorker worker, Resolver resolver) {
    this.worker = worker;
    this.resolver = resolver;
  }

  @Override
  public void probe(Target target, HealthCheckSpec how, Consumer<Result> done) {
    new HttpAttempt(worker.getIoThread(), how, done).begin(resolver, target);
  }
}
