package dev.usher.sidecar.config;

import dev.usher.sidecar.director.ondemand.OnDemandSpec;
import dev.usher.sidecar.director.spec.DirectorSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The whole configuration.
 *
 * @param data the folder of what is kept over restarts; null keeps nothing
 * @param adminToken what the admin API asks for; null allows loopback only
 * @param maxBodyBytes longest request body, {@link #UNLIMITED} for any; longer ones get 413
 * @param drainTimeout how long requests may go on after SIGTERM; zero means not at all
 * @param routes first match wins
 * @param onDemand from what requests make directors; null for not at all
 */
public record UsherConfig(
    @Nullable Path data,
    List<ListenAddress> listeners,
    ListenAddress admin,
    @Nullable AdminToken adminToken,
    long maxBodyBytes,
    Duration drainTimeout,
    List<Cidr> trustTagsFrom,
    List<RouteSpec> routes,
    List<DirectorSpec> directors,
    @Nullable OnDemandSpec onDemand) {
  public static final long UNLIMITED = -1;
  public static final Duration DEFAULT_DRAIN_TIMEOUT = Duration.ofSeconds(30);

  public UsherConfig {
    listeners = List.copyOf(listeners);
    trustTagsFrom = List.copyOf(trustTagsFrom);
    routes = List.copyOf(routes);
    directors = List.copyOf(directors);
  }
}
