package dev.usher.sidecar.director.change;

import dev.usher.sidecar.director.spec.DirectorSpec;

/**
 * What a director is: all that makes it again after a restart.
 *
 * @param version grows by one with each change of the specification
 */
public record Definition(DirectorSpec spec, long version, Origin origin) {
  public String name() {
    return spec.name();
  }

  /** The next version, with another specification that the director came to by itself. */
  public Definition changed(DirectorSpec next) {
    return new Definition(next, version + 1, origin);
  }

  /** The next version, with another specification that somebody wants. */
  public Definition changedByHand(DirectorSpec next) {
    return new Definition(next, version + 1, origin.afterChangeByHand());
  }

  /** Whether a request made it from the template, and nobody has changed it since. */
  public boolean isTemplated() {
    return origin instanceof Origin.OnDemand onDemand && onDemand.templated();
  }
}
