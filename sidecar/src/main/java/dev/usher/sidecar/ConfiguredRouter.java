package dev.usher.sidecar;

import dev.usher.sidecar.classify.Classification;
import dev.usher.sidecar.classify.Classifier;
import dev.usher.sidecar.director.Director;
import dev.usher.sidecar.director.Directors;
import dev.usher.sidecar.director.FromTemplate;
import dev.usher.sidecar.director.endpoint.Endpoint;
import dev.usher.sidecar.http.Router;
import io.undertow.server.HttpServerExchange;
import org.jspecify.annotations.Nullable;

/** The routes of the configuration over the directors of the moment. [io] */
record ConfiguredRouter(Classifier classifier, Directors directors) implements Router {
  @Override
  public Classification classify(HttpServerExchange exchange) {
    return classifier.classify(exchange);
  }

  @Override
  public @Nullable Director director(String name) {
    return directors.find(name);
  }

  @Override
  public @Nullable Director find(Endpoint endpoint) {
    return directors.find(endpoint);
  }

  @Override
  public FromTemplate findOrMake(Endpoint endpoint) {
    return directors.findOrMake(endpoint);
  }
}
