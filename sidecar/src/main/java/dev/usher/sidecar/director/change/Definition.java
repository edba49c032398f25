package dev.usher.sidecar.director.change;

import dev.usher.sidecar.director.spec.DirectorSpec;

/**
 * What a director is: all that makes it again after a restart.
 *
 * @param version one of {@link Versions}; another and higher one with each change
 */
public record Definition(DirectorSpec spec, long version, Origin origin) {
  public String name() {
    return spec.name();
  }

  /** With another specification that the director came to by itself. */
  public Definition changed(DirectorSpec next, long nextVersion) {
    return new Definition(next, nextVersion, origin);
  }

  /** With another specification that somebody wants. */
  public Definition changedByHand(DirectorSpec next, long nextVersion) {
    return new Definition(next, nextVersion, origin.afterChangeByHand());
  }

  /** Whether a request made it from the template, and nobody has changed it since. */
  public boolean isTemplated() {
    return origin instanceof Origin.OnDemand onDemand && onDemand.templated();
  }
}
