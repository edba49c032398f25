package dev.usher.sidecar.director.change;

import dev.usher.sidecar.director.endpoint.Endpoint;
import dev.usher.sidecar.director.spec.DirectorSpec;

/** Where a director comes from. */
public sealed interface Origin {
  /** It was created through the API. */
  record Api() implements Origin {}

  /**
   * The configuration file has it.
   *
   * @param written what the file says; where the specification in force differs from it, that was
   *     changed at runtime
   */
  record File(DirectorSpec written) implements Origin {}

  /**
   * It answers for a host and port.
   *
   * @param templated whether a request made it from the template, and nobody has changed it through
   *     the API since: such a one is let go when it is idle
   */
  record OnDemand(Endpoint endpoint, boolean templated) implements Origin {
    @Override
    public Origin afterChangeByHand() {
      return new OnDemand(endpoint, false);
    }
  }

  /** Where it comes from once somebody has changed it through the API. */
  default Origin afterChangeByHand() {
    return this;
  }
}
