package dev.usher.sidecar.http;

import dev.usher.sidecar.classify.Classification;
import dev.usher.sidecar.director.Director;
import dev.usher.sidecar.director.FromTemplate;
import dev.usher.sidecar.director.endpoint.Endpoint;
import io.undertow.server.HttpServerExchange;
import org.jspecify.annotations.Nullable;

/** Where requests go: the pipeline's view of the routes and of the directors. [io] */
public interface Router {
  /** Must not block, and must not read the body. */
  Classification classify(HttpServerExchange exchange);

  /** The director of this name, null if there is none. */
  @Nullable Director director(String name);

  /** The director that answers for this host and port, null if there is none. */
  @Nullable Director find(Endpoint endpoint);

  /** The same, made from the template if there is none. Must not block. */
  FromTemplate findOrMake(Endpoint endpoint);
}
