package dev.usher.sidecar.config;

import dev.usher.sidecar.director.DirectorSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The whole configuration.
 *
 * @param adminToken what the admin API asks for; null allows loopback only
 * @param maxBodyBytes longest request body, {@link #UNLIMITED} for any; longer ones get 413
 * @param routes first match wins
 */
public record UsherConfig(
    List<ListenAddress> listeners,
    ListenAddress admin,
    @Nullable AdminToken adminToken,
    long maxBodyBytes,
    List<Cidr> trustTagsFrom,
    List<RouteSpec> routes,
    List<DirectorSpec> directors) {
  public static final long UNLIMITED = -1;

  public UsherConfig {
    listeners = List.copyOf(listeners);
    trustTagsFrom = List.copyOf(trustTagsFrom);
    routes = List.copyOf(routes);
    directors = List.copyOf(directors);
  }
}
