package dev.usher.sidecar.admin.amend;

import dev.usher.sidecar.admin.web.ApiError;
import dev.usher.sidecar.backend.Role;
import dev.usher.sidecar.director.Director;
import dev.usher.sidecar.director.change.Definition;
import dev.usher.sidecar.director.change.Origin;
import dev.usher.sidecar.director.change.Step;
import dev.usher.sidecar.director.endpoint.Endpoint;
import dev.usher.sidecar.director.spec.DirectorSpec;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A director between what is in force and what shall be.
 *
 * @param director null when there was none
 * @param before what was in force when the draft was begun; null when there was no director
 * @param now what shall be in force, under the version of {@code before}, 0 without; null for no
 *     director
 * @param cut backends whose requests shall be broken off
 */
public record Draft(
    String name,
    @Nullable Director director,
    @Nullable Definition before,
    @Nullable Definition now,
    Set<String> cut) {
  public Draft {
    cut = Set.copyOf(cut);
  }

  /** The director as it is. */
  public static Draft of(String name, @Nullable Director director) {
    Definition inForce = director == null ? null : director.definition();
    return new Draft(name, director, inForce, inForce, Set.of());
  }

  public boolean isThere() {
    return now != null;
  }

  /**
   * What is there by now.
   *
   * @throws ApiError when that is nothing
   */
  public Definition existing() {
    if (now == null) {
      throw ApiError.of(ApiError.Code.NOT_FOUND, "no director '%s'".formatted(name));
    }
    return now;
  }

  /** With a director where there is none. */
  public Draft created(DirectorSpec spec, Origin origin) {
    if (before != null) {
      throw ApiError.of(
          ApiError.Code.IMPOSSIBLE,
          "name: director '%s' is removed together with this and cannot come back at once"
              .formatted(name),
          "name");
    }
    return new Draft(name, director, null, new Definition(spec, 0, origin), cut);
  }

  /** The host and port of a new director; null when it has none, or is not new. */
  public @Nullable Endpoint newEndpoint() {
    return before == null && now != null && now.origin() instanceof Origin.OnDemand onDemand
        ? onDemand.endpoint()
        : null;
  }

  /** With another specification. */
  public Draft with(DirectorSpec next) {
    Definition there = existing();
    Definition changed = new Definition(next, there.version(), there.origin());
    return new Draft(name, director, before, changed, cut);
  }

  /** With the requests of one more backend broken off. */
  public Draft cutting(String backend) {
    Set<String> more = new HashSet<>(cut);
    more.add(backend);
    return new Draft(name, director, before, now, more);
  }

  /** Without the director. */
  public Draft removed() {
    return new Draft(name, director, before, null, Set.of());
  }

  /** Whether a backend was removed before and still finishes requests: seen, not configured. */
  boolean isLeaving(String backend) {
    return director != null
        && before != null
        && !before.spec().hasBackend(backend)
        && !existing().spec().hasBackend(backend)
        && director.view().backends().stream()
            .map(view -> view.spec())
            .anyMatch(spec -> spec.name().equals(backend) && spec.role() == Role.TERMINATING);
  }

  /** What puts the draft in force; null when there is nothing to do. */
  public @Nullable Step step() {
    if (before == null) {
      return now == null ? null : new Step.Create(now.spec(), now.origin());
    }
    return now == null
        ? new Step.Remove(name, before.version())
        : new Step.Replace(now.spec(), before.version(), cut);
  }
}
