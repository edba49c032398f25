package dev.usher.sidecar.backend;

import dev.usher.bucket.BucketName;
import dev.usher.sidecar.backend.check.HealthCheckOverride;
import dev.usher.unit.IntRange;
import dev.usher.unit.InvalidValue;
import org.jspecify.annotations.Nullable;

/**
 * A backend as it is configured.
 *
 * @param name unique in its director; the same letters as a bucket's name
 * @param capacity requests in flight, 1 to 1 000 000
 * @param disabled why it is disabled; null while it is enabled, or when that was done by hand
 * @param healthCheck what differs from its director's
 */
public record BackendSpec(
    String name,
    Target url,
    int capacity,
    Role role,
    boolean enabled,
    @Nullable Disabled disabled,
    HealthCheckOverride healthCheck) {
  public static final IntRange CAPACITY = new IntRange(1, 1_000_000);

  public BackendSpec {
    if (!BucketName.isValid(name)) {
      throw InvalidValue.of("name", BucketName.WANTED, name);
    }
    CAPACITY.check("capacity", capacity);
    disabled = enabled ? null : disabled;
  }

  /** Watched as its director says. */
  public BackendSpec(String name, Target url, int capacity, Role role, boolean enabled) {
    this(name, url, capacity, role, enabled, null, HealthCheckOverride.NONE);
  }

  /** Enabled or disabled by hand; one that is disabled already stays so for the reason it has. */
  public BackendSpec withEnabled(boolean nowEnabled) {
    return new BackendSpec(name, url, capacity, role, nowEnabled, disabled, healthCheck);
  }

  public BackendSpec withDisabled(Disabled why) {
    return new BackendSpec(name, url, capacity, role, false, why, healthCheck);
  }

  public BackendSpec withRole(Role newRole) {
    return new BackendSpec(name, url, capacity, newRole, enabled, disabled, healthCheck);
  }

  public BackendSpec withHealthCheck(HealthCheckOverride changed) {
    return new BackendSpec(name, url, capacity, role, enabled, disabled, changed);
  }
}
