package dev.usher.sidecar.classify;

import dev.usher.sidecar.classify.Classification.NoRoute;
import dev.usher.sidecar.config.Cidr;
import dev.usher.sidecar.config.RouteSpec;
import io.undertow.server.HttpServerExchange;
import java.util.List;

/** Decides where a request goes: the first route that matches. Keeps no state of requests. [io] */
public final class Classifier {
  private static final NoRoute NO_ROUTE = new NoRoute();

  private final Route[] routes;

  /**
   * Parses the routes once.
   *
   * @param trustTagsFrom peers whose {@code X-Director-Bucket} counts
   * @throws IllegalArgumentException if a route has a problem that {@link UndertowRouteSyntax}
   *     would have found
   */
  public Classifier(List<RouteSpec> routes, List<Cidr> trustTagsFrom) {
    TrustedTag tag = new TrustedTag(trustTagsFrom);
    this.routes = routes.stream().map(spec -> Route.of(spec, tag)).toArray(Route[]::new);
  }

  public Classification classify(HttpServerExchange exchange) {
    for (Route route : routes) {
      if (route.matches(exchange)) {
        return route.destination(exchange);
      }
    }
    return NO_ROUTE;
  }
}
