package dev.usher.sidecar.protocol.probe;

import dev.usher.sidecar.backend.Target;
import dev.usher.sidecar.backend.check.HealthCheckSpec;
import dev.usher.sidecar.health.Probe;
import dev.usher.sidecar.protocol.Resolver;
import java.util.function.Consumer;
import org.xnio.XnioWorker;

/** Probes of either kind. [any] */
public final class Probes implements Probe {
  private final Probe http;
  private final Probe tcp;

  public Probes(XnioWorker worker, Resolver resolver) {
    this.http = new HttpProbe(worker, resolver);
    this.tcp = new TcpProbe(worker, resolver);
  }

  @Override
  public Pending probe(Target target, HealthCheckSpec how, Consumer<Result> done) {
    Probe probe =
        switch (how.kind()) {
          case HTTP -> http;
          case TCP -> tcp;
        };
    return probe.probe(target, how, done);
  }
}
