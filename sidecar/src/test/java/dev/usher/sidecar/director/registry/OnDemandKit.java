package dev.usher.sidecar.director.registry;

import dev.usher.sidecar.backend.Role;
import dev.usher.sidecar.director.Director;
import dev.usher.sidecar.director.FromTemplate;
import dev.usher.sidecar.director.change.Change;
import dev.usher.sidecar.director.change.Definition;
import dev.usher.sidecar.director.change.Keeper;
import dev.usher.sidecar.director.change.Step;
import dev.usher.sidecar.director.change.Versions;
import dev.usher.sidecar.director.core.DirectorKit;
import dev.usher.sidecar.director.core.DirectorKit.Asked;
import dev.usher.sidecar.director.core.DirectorPorts;
import dev.usher.sidecar.director.endpoint.Endpoint;
import dev.usher.sidecar.director.ondemand.BackendPattern;
import dev.usher.sidecar.director.ondemand.OnDemandSpec;
import dev.usher.sidecar.director.ondemand.Template;
import dev.usher.sidecar.director.ondemand.UrlPattern;
import dev.usher.sidecar.director.spec.DirectorSpec;
import dev.usher.sidecar.director.spec.DirectorSpec.Settings;
import dev.usher.sidecar.director.view.OnDemandView;
import dev.usher.sidecar.time.FakeTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/** Directors from a template, with time and keeper in the test's hand. */
final class OnDemandKit {
  static final Duration IDLE = Duration.ofSeconds(10);

  final FakeTime time = new FakeTime();
  final List<String> log = new ArrayList<>();
  final DirectorRegistry directors;

  OnDemandKit(int limit, Keeper keeper) {
    DirectorPorts ports =
        new DirectorPorts(
            time,
            time,
            bound -> 0,
            (target, timeout, done) -> () -> {},
            (director, backend, now, cause) -> {},
            keeper,
            new Versions(() -> 0),
            DirectorKit::strand);
    OnDemandSpec spec = new OnDemandSpec(template(), limit, IDLE);
    directors = new DirectorRegistry(ports, spec, (name, why) -> log.add(name + " " + why));
  }

  /** One backend of capacity 1 for each host. */
  static Template template() {
    UrlPattern url = new UrlPattern("http://{host}.internal:{port}");
    return new Template(
        Settings.DEFAULT.edit().retryAfter(Duration.ofSeconds(3)).build(),
        List.of(new BackendPattern("own", url, 1, Role.ACTIVE, true)),
        List.of());
  }

  static Endpoint endpoint(String host) {
    return new Endpoint(host, 80);
  }

  static DirectorSpec named(String name) {
    return new DirectorSpec(name, Settings.DEFAULT, List.of(), List.of());
  }

  FromTemplate request(String host) {
    return directors.findOrMake(endpoint(host));
  }

  /** The director that a request for {@code host} comes to. */
  Director director(String host) {
    if (request(host) instanceof FromTemplate.Made made) {
      return made.director();
    }
    throw new AssertionError("no director for " + host);
  }

  /** A request that stays at its backend. */
  Asked ask(String host) {
    return new Asked(director(host), null, null);
  }

  boolean isThere(String host) {
    return directors.find(endpoint(host)) != null;
  }

  CompletableFuture<Change> commit(Step step) {
    return directors.commit(step).toCompletableFuture();
  }

  CompletableFuture<Change> changeLimit(String name, int queueLimit) {
    Definition now = Objects.requireNonNull(directors.find(name)).definition();
    Settings changed = now.spec().settings().edit().queueLimit(queueLimit).build();
    return commit(new Step.Replace(now.spec().withSettings(changed), now.version()));
  }

  OnDemandView view() {
    return Objects.requireNonNull(directors.onDemand());
  }
}
