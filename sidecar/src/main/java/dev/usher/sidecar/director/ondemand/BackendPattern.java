package dev.usher.sidecar.director.ondemand;

import dev.usher.bucket.BucketName;
import dev.usher.sidecar.backend.BackendSpec;
import dev.usher.sidecar.backend.Role;
import dev.usher.sidecar.backend.Target;
import dev.usher.sidecar.backend.check.HealthCheckOverride;
import dev.usher.sidecar.director.endpoint.Endpoint;
import dev.usher.unit.InvalidValue;
import org.jspecify.annotations.Nullable;

/** A backend of the template: like {@link BackendSpec}, with a URL that depends on the request. */
public record BackendPattern(
    String name,
    UrlPattern url,
    int capacity,
    Role role,
    boolean enabled,
    HealthCheckOverride healthCheck) {
  public BackendPattern {
    if (!BucketName.isValid(name)) {
      throw InvalidValue.of("name", BucketName.WANTED, name);
    }
    BackendSpec.CAPACITY.check("capacity", capacity);
  }

  /** Watched as its director says. */
  public BackendPattern(String name, UrlPattern url, int capacity, Role role, boolean enabled) {
    this(name, url, capacity, role, enabled, HealthCheckOverride.NONE);
  }

  /** The backend for one host and port; null when they make no URL. */
  @Nullable BackendSpec backend(Endpoint endpoint) {
    Target target = url.target(endpoint);
    return target == null
        ? null
        : new BackendSpec(name, target, capacity, role, enabled, null, healthCheck);
  }
}
