package dev.usher.sidecar.http;

import dev.usher.sidecar.classify.Classification;
import dev.usher.sidecar.director.Director;
import io.undertow.server.HttpServerExchange;
import org.jspecify.annotations.Nullable;

/** Where requests go: the pipeline's view of the routes and of the directors. [io] */
public interface Router {
  /** Must not block, and must not read the body. */
  Classification classify(HttpServerExchange exchange);

  /** The director of this name, null if there is none. */
  @Nullable Director director(String name);

  /** The director that is registered for this host and port, null if there is none. */
  @Nullable Director onDemand(String host, int port);
}
