package dev.usher.sidecar.admin.amend;

/**
 * A change of one director that is understood and not made yet: its parameters are right in
 * themselves. A pure function, which may be asked again when somebody else was faster.
 */
@FunctionalInterface
public interface Amendment {
  /**
   * What becomes of the director.
   *
   * @throws dev.usher.sidecar.admin.web.ApiError when the change is not to be made
   * @throws dev.usher.unit.InvalidValue when it is impossible with what is there
   */
  Draft of(Draft current);
}
