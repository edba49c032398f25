package dev.usher.sidecar.classify;

import dev.usher.sidecar.director.endpoint.Endpoint;
import org.jspecify.annotations.Nullable;

/** Where a request goes. */
public sealed interface Classification {
  /**
   * To a director.
   *
   * @param bucket null is the root
   * @param pinnedBackend null is any
   */
  record ToDirector(String director, @Nullable String bucket, @Nullable String pinnedBackend)
      implements Classification {}

  /**
   * To the director that answers for a host and port.
   *
   * @param bucket null is the root
   */
  record OnDemand(Endpoint endpoint, @Nullable String bucket) implements Classification {}

  /** No route matches. */
  record NoRoute() implements Classification {}
}
