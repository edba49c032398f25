package dev.usher.sidecar.director;

/**
 * What a director is: all that makes it again after a restart.
 *
 * @param version grows by one with each change of the specification
 */
public record Definition(DirectorSpec spec, long version, Origin origin) {
  public String name() {
    return spec.name();
  }

  /** The next version, with another specification. */
  public Definition changed(DirectorSpec next) {
    return new Definition(next, version + 1, origin);
  }
}
