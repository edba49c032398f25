package dev.usher.bench.ondemand;

import dev.usher.sidecar.backend.Role;
import dev.usher.sidecar.director.Director;
import dev.usher.sidecar.director.FromTemplate;
import dev.usher.sidecar.director.change.Keeper;
import dev.usher.sidecar.director.change.Versions;
import dev.usher.sidecar.director.core.DirectorPorts;
import dev.usher.sidecar.director.endpoint.Endpoint;
import dev.usher.sidecar.director.ondemand.BackendPattern;
import dev.usher.sidecar.director.ondemand.OnDemandSpec;
import dev.usher.sidecar.director.ondemand.Template;
import dev.usher.sidecar.director.ondemand.UrlPattern;
import dev.usher.sidecar.director.registry.DirectorRegistry;
import dev.usher.sidecar.director.spec.DirectorSpec;
import dev.usher.sidecar.health.Probe;
import dev.usher.sidecar.shaper.BucketSpec;
import dev.usher.sidecar.strand.Strand;
import dev.usher.sidecar.time.RandomDice;
import dev.usher.sidecar.time.SystemClock;
import dev.usher.sidecar.time.ThreadTimers;
import java.util.ArrayList;
import java.util.List;

/** Directors that one template has made, with one backend and four buckets each. */
final class Crowd implements AutoCloseable {
  static final int CAPACITY = 4;

  private final ThreadTimers timers = new ThreadTimers(Crowd::bug);
  private final DirectorRegistry registry;
  private final List<Director> directors = new ArrayList<>();

  Crowd(int size) {
    DirectorPorts ports =
        new DirectorPorts(
            new SystemClock(),
            timers,
            new RandomDice(),
            (target, timeout, done) -> {
              done.accept(new Probe.Result(true, "by this bench"));
              return () -> {};
            },
            (director, backend, now, cause) -> {},
            Keeper.NONE,
            new Versions(System::currentTimeMillis),
            () -> new Strand(Crowd::bug));
    OnDemandSpec spec = new OnDemandSpec(template(), size, OnDemandSpec.DEFAULT_IDLE);
    registry = new DirectorRegistry(ports, spec, (director, message) -> {});
    for (int i = 0; i < size; i++) {
      directors.add(make(new Endpoint(host(i), 80)));
    }
  }

  private static Template template() {
    UrlPattern url = new UrlPattern("http://{host}.internal:{port}");
    return new Template(
        DirectorSpec.Settings.DEFAULT,
        List.of(new BackendPattern("own", url, CAPACITY, Role.ACTIVE, true)),
        List.of(
            BucketSpec.of("vip", "20%", "50%"),
            BucketSpec.of("main", "30%", "100%"),
            BucketSpec.of("upload", "10%", "60%"),
            BucketSpec.of("jail", "1t", "20%")));
  }

  private Director make(Endpoint endpoint) {
    if (registry.findOrMake(endpoint) instanceof FromTemplate.Made made) {
      return made.director();
    }
    throw new IllegalStateException("no director for " + endpoint);
  }

  private static void bug(Throwable cause) {
    throw new IllegalStateException("defect in the bench", cause);
  }

  static String host(int number) {
    return "customer-%05d.shop.example".formatted(number);
  }

  DirectorRegistry registry() {
    return registry;
  }

  List<Director> directors() {
    return directors;
  }

  @Override
  public void close() {
    timers.close();
  }
}
