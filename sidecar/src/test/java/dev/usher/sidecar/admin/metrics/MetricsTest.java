package dev.usher.sidecar.admin.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.sidecar.backend.BackendSpec;
import dev.usher.sidecar.backend.Role;
import dev.usher.sidecar.backend.Target;
import dev.usher.sidecar.backend.check.HealthCheckSpec;
import dev.usher.sidecar.backend.check.HealthMode;
import dev.usher.sidecar.director.change.Definition;
import dev.usher.sidecar.director.change.Keeper;
import dev.usher.sidecar.director.change.Origin;
import dev.usher.sidecar.director.change.Versions;
import dev.usher.sidecar.director.core.DirectorPorts;
import dev.usher.sidecar.director.endpoint.Endpoint;
import dev.usher.sidecar.director.ondemand.OnDemandSpec;
import dev.usher.sidecar.director.ondemand.Template;
import dev.usher.sidecar.director.registry.DirectorRegistry;
import dev.usher.sidecar.director.spec.DirectorSpec;
import dev.usher.sidecar.strand.LockSerial;
import dev.usher.sidecar.time.FakeTime;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a scrape tells and leaves out. */
class MetricsTest {
  private final FakeTime time = new FakeTime();
  private final DirectorPorts ports =
      new DirectorPorts(
          time,
          time,
          bound -> 0,
          (target, timeout, done) -> () -> {},
          (director, backend, now, cause) -> {},
          Keeper.NONE,
          new Versions(() -> 0),
          LockSerial::new);
  private final Template template =
      new Template(DirectorSpec.Settings.DEFAULT, List.of(), List.of());

  private static List<String> scrape(DirectorRegistry directors, boolean onDemand) {
    Metrics metrics = new Metrics(directors, () -> Keeper.Status.WELL);
    return metrics.scrape(null, List.of(), onDemand).text().lines().toList();
  }

  private static void start(DirectorRegistry directors) {
    DirectorSpec app = new DirectorSpec("app", DirectorSpec.Settings.DEFAULT, List.of(), List.of());
    directors.start(new Definition(app, 1, new Origin.Api()), null);
  }

  private static DirectorSpec probing(HealthMode mode) {
    HealthCheckSpec check = HealthCheckSpec.DEFAULT.edit().mode(mode).build();
    return new DirectorSpec(
        mode.name(),
        DirectorSpec.Settings.DEFAULT.edit().healthCheck(check).build(),
        List.of(new BackendSpec("b1", new Target("10.0.0.9", 80), 1, Role.ACTIVE, true)),
        List.of());
  }

  @Test
  void aBackendThatWasNotProbedYetIsUnknownAndNotJustOffline() {
    DirectorRegistry directors = new DirectorRegistry(ports);
    for (HealthMode mode : List.of(HealthMode.LAZY, HealthMode.PARANOID)) {
      directors.start(new Definition(probing(mode), 1, new Origin.Api()), null);
    }
    assertThat(scrape(directors, false))
        .contains(
            "usher_backend_online{backend=\"b1\",director=\"LAZY\"} 1.0",
            "usher_backend_unknown{backend=\"b1\",director=\"LAZY\"} 0.0",
            "usher_backend_online{backend=\"b1\",director=\"PARANOID\"} 0.0",
            "usher_backend_unknown{backend=\"b1\",director=\"PARANOID\"} 1.0");
  }

  @Test
  void directorsFromTheTemplateAreCountedAndToldOneByOneToWhoAsks() {
    OnDemandSpec spec = new OnDemandSpec(template, 2, Duration.ofHours(1));
    DirectorRegistry directors = new DirectorRegistry(ports, spec, (name, why) -> {});
    start(directors);
    for (String host : List.of("one", "two", "three", "one")) {
      directors.findOrMake(new Endpoint(host, 80));
    }
    assertThat(scrape(directors, false))
        .contains(
            "usher_on_demand_directors 2.0",
            "usher_on_demand_limit_directors 2.0",
            "usher_on_demand_made_directors_total 2.0",
            "usher_on_demand_let_go_directors_total 0.0",
            "usher_on_demand_refused_requests_total 1.0",
            "usher_director_enabled{director=\"app\"} 1.0")
        .noneMatch(line -> line.contains("director=\"one-80\""));
    assertThat(scrape(directors, true))
        .contains(
            "usher_director_enabled{director=\"app\"} 1.0",
            "usher_director_enabled{director=\"one-80\"} 1.0",
            "usher_director_enabled{director=\"two-80\"} 1.0");
  }

  @Test
  void withoutATemplateThereIsNothingOnDemandToTell() {
    DirectorRegistry directors = new DirectorRegistry(ports);
    start(directors);
    assertThat(scrape(directors, true)).noneMatch(line -> line.contains("on_demand"));
  }

  @Test
  void withoutDirectorsThereIsAScrapeNonetheless() {
    assertThat(scrape(new DirectorRegistry(ports), false)).contains("usher_store_up 1.0");
  }
}
