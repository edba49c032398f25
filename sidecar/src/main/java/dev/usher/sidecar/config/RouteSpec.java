package dev.usher.sidecar.config;

import org.jspecify.annotations.Nullable;

/**
 * A route: where requests go that meet its condition.
 *
 * @param when an Undertow predicate; null meets every request
 */
public record RouteSpec(@Nullable String when, Destination destination) {

  /** Where a route leads. */
  public sealed interface Destination {
    /**
     * A director by name.
     *
     * @param bucket the bucket; null takes the trusted tag, else the root
     * @param backend an Undertow exchange attribute that names the backend to pin to, such as
     *     {@code %{i,X-Backend}}; null does not pin
     */
    record ToDirector(String director, @Nullable String bucket, @Nullable String backend)
        implements Destination {}

    /** The director that was registered for the request's Host and port. */
    record OnDemand() implements Destination {}
  }
}
