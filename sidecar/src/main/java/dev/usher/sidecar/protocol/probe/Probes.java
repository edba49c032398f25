package dev.usher.sidecar.protocol.probe;

import dev.usher.sidecar.backend.Target;
import dev.usher.sidecar.backend.check.HealthCheckSpec;
import dev.usher.sidecar.health.Probe;
import dev.usher.sidecar.protocol.Resolver;
import java.util.function.Consumer;
import org.xnio.XnioWorker;

/** Probes as the specification's kind says. [any] */
public final class Probes implements Probe {
  private final Probe tcp;
  private final Probe http;

  public Probes(XnioWorker worker, Resolver resolver) {
    this(new TcpProbe(worker, resolver), new HttpProbe(worker, resolver));
  }

  Probes(Probe tcp, Probe http) {
    this.tcp = tcp;
    this.http = http;
  }

  @Override
  public void probe(Target target, HealthCheckSpec how, Consumer<Result> done) {
    Probe chosen =
        switch (how.kind()) {
          case TCP -> tcp;
          case HTTP -> http;
        };
    chosen.probe(target, how, done);
  }
}
