package dev.usher.sidecar.config.spec;

import dev.usher.sidecar.backend.BackendSpec;
import dev.usher.sidecar.backend.Disabled;
import dev.usher.sidecar.backend.Role;
import dev.usher.sidecar.backend.Target;
import dev.usher.sidecar.backend.check.HealthCheckOverride;
import dev.usher.sidecar.backend.check.HealthCheckSpec;
import dev.usher.sidecar.config.document.Fields;
import dev.usher.sidecar.config.document.Scalars;
import dev.usher.sidecar.director.ondemand.BackendPattern;
import dev.usher.sidecar.director.ondemand.UrlPattern;
import dev.usher.unit.InvalidValue;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** Reads a backend: {@code {url: "http://10.0.0.3:8080", capacity: 10}}. */
public final class BackendReader {
  private static final Target NOWHERE = new Target("localhost", 80);
  private static final UrlPattern ANYWHERE = new UrlPattern(NOWHERE.url());
  private static final int SPARE_CAPACITY = BackendSpec.CAPACITY.min();
  private static final BackendSpec SPARE =
      new BackendSpec("spare", NOWHERE, SPARE_CAPACITY, Role.ACTIVE, true);
  private static final BackendPattern SPARE_PATTERN =
      new BackendPattern("spare", ANYWHERE, SPARE_CAPACITY, Role.ACTIVE, true);

  private static final Disabled SPARE_DISABLED = new Disabled("spare", Instant.EPOCH);
  private static final String DISABLED = "disabled";

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
    Disabled disabled = disabled(fields);
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
                    disabled,
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

  /** Written by the sidecar, but whoever puts back what he has read must be understood. */
  private static @Nullable Disabled disabled(Fields backend) {
    if (!backend.has(DISABLED)) {
      return null;
    }
    Fields fields = backend.section(DISABLED);
    fields.require("reason", Disabled.WANTED_REASON);
    fields.require("at", Disabled.WANTED_AT);
    Disabled disabled =
        fields.build(
            SPARE_DISABLED,
            () ->
                new Disabled(
                    fields.parsed("reason", Disabled.WANTED_REASON, "spare", (field, text) -> text),
                    fields.parsed("at", Disabled.WANTED_AT, Instant.EPOCH, BackendReader::time)));
    fields.end();
    return disabled;
  }

  private static Instant time(String field, String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw (InvalidValue) InvalidValue.of(field, Disabled.WANTED_AT, text).initCause(e);
    }
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
