package dev.usher.sidecar.classify;

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
   * To the director that is registered for a host and port.
   *
   * @param host in lower case, an IPv6 literal without brackets
   */
  record OnDemand(String host, int port) implements Classification {}

  /** No route matches. */
  record NoRoute() implements Classification {}
}
