package dev.usher.sidecar.config.spec;

import dev.usher.sidecar.backend.BackendSpec;
import dev.usher.sidecar.backend.Role;
import dev.usher.sidecar.backend.Target;
import dev.usher.sidecar.backend.check.HealthCheckOverride;
import dev.usher.sidecar.backend.check.HealthCheckSpec;
import dev.usher.sidecar.config.document.Fields;
import dev.usher.sidecar.config.document.Scalars;
import dev.usher.sidecar.director.ondemand.BackendPattern;
import dev.usher.sidecar.director.ondemand.UrlPattern;

/** Reads a backend: {@code {url: "http://10.0.0.3:8080", capacity: 10}}. */
public final class BackendReader {
  private static final Target NOWHERE = new Target("localhost", 80);
  private static final UrlPattern ANYWHERE = new UrlPattern(NOWHERE.url());
  private static final int SPARE_CAPACITY = BackendSpec.CAPACITY.min();
  private static final BackendSpec SPARE =
      new BackendSpec("spare", NOWHERE, SPARE_CAPACITY, Role.ACTIVE, true);
  private static final BackendPattern SPARE_PATTERN =
      new BackendPattern("spare", ANYWHERE, SPARE_CAPACITY, Role.ACTIVE, true);

  private BackendReader() {}

  /** The backend of a director that is not known here, else as below. */
  public static BackendSpec read(String name, Fields fields) {
    return read(name, fields, HealthCheckSpec.DEFAULT);
  }

  /**
   * The backend; made up in part when {@code fields} got new faults.
   *
   * @param health its director's, which the backend's own must fit
   */
  static BackendSpec read(String name, Fields fields, HealthCheckSpec health) {
    require(fields, Target.WANTED);
    HealthCheckOverride own = healthCheck(fields, health);
    BackendSpec spec =
        fields.build(
            SPARE,
            () ->
                new BackendSpec(
                    name,
                    fields.parsed("url", Target.WANTED, NOWHERE, Target::parse),
                    capacity(fields),
                    role(fields),
                    enabled(fields),
                    own));
    fields.end();
    return spec;
  }

  /** A backend of the template: the same, with a URL that depends on the request. */
  static BackendPattern pattern(String name, Fields fields, HealthCheckSpec health) {
    require(fields, UrlPattern.WANTED);
    HealthCheckOverride own = healthCheck(fields, health);
    BackendPattern pattern =
        fields.build(
            SPARE_PATTERN,
            () ->
                new BackendPattern(
                    name,
                    fields.parsed("url", UrlPattern.WANTED, ANYWHERE, UrlPattern::parse),
                    capacity(fields),
                    role(fields),
                    enabled(fields),
                    own));
    fields.end();
    return pattern;
  }

  private static HealthCheckOverride healthCheck(Fields fields, HealthCheckSpec health) {
    return HealthCheckReader.override(fields.section("health-check"), health);
  }

  private static void require(Fields fields, String url) {
    fields.require("url", url);
    fields.require("capacity", BackendSpec.CAPACITY.wanted());
  }

  private static int capacity(Fields fields) {
    return Scalars.integer(fields, "capacity", BackendSpec.CAPACITY, SPARE_CAPACITY);
  }

  private static Role role(Fields fields) {
    return Scalars.choice(fields, "role", Role.ACTIVE);
  }

  private static boolean enabled(Fields fields) {
    return Scalars.flag(fields, "enabled", true);
  }
}
