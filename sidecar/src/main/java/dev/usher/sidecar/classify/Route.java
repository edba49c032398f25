package dev.usher.sidecar.classify;

import dev.usher.bucket.BucketName;
import dev.usher.sidecar.classify.Classification.NoRoute;
import dev.usher.sidecar.classify.Classification.OnDemand;
import dev.usher.sidecar.classify.Classification.ToDirector;
import dev.usher.sidecar.config.RouteSpec;
import dev.usher.sidecar.config.RouteSpec.Destination;
import dev.usher.sidecar.director.endpoint.Endpoint;
import io.undertow.attribute.ExchangeAttribute;
import io.undertow.attribute.ExchangeAttributes;
import io.undertow.predicate.Predicate;
import io.undertow.predicate.PredicateParser;
import io.undertow.server.HttpServerExchange;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A route, parsed. A predicate or attribute that throws counts as not there; logged once. That may
 * be an overflow of the stack: the JDK's regular expressions recurse with the length of their
 * input. [io]
 */
final class Route {
  private static final Logger LOG = LoggerFactory.getLogger(Route.class);
  private static final NoRoute NO_ROUTE = new NoRoute();

  private final RouteSpec spec;
  private final @Nullable Predicate when;
  private final Resolver resolver;
  private final AtomicBoolean hasFailed = new AtomicBoolean();

  /** Where a request goes that has matched. */
  @FunctionalInterface
  private interface Resolver {
    Classification resolve(HttpServerExchange exchange);
  }

  private Route(RouteSpec spec, TrustedTag tag) {
    this.spec = spec;
    String condition = spec.when();
    this.when =
        condition == null ? null : PredicateParser.parse(condition, UndertowRouteSyntax.LOADER);
    this.resolver = resolver(spec.destination(), tag);
  }

  static Route of(RouteSpec spec, TrustedTag tag) {
    return new Route(spec, tag);
  }

  boolean matches(HttpServerExchange exchange) {
    try {
      return when == null || when.resolve(exchange);
    } catch (RuntimeException | StackOverflowError e) {
      logOnce(e);
      return false;
    }
  }

  Classification destination(HttpServerExchange exchange) {
    return resolver.resolve(exchange);
  }

  private Resolver resolver(Destination destination, TrustedTag tag) {
    if (destination instanceof Destination.ToDirector to) {
      String backend = to.backend();
      if (backend != null) {
        ExchangeAttribute pin =
            ExchangeAttributes.parser(UndertowRouteSyntax.LOADER).parse(backend);
        Resolver unpinned = unpinned(to, tag);
        return exchange -> pinned(to, pin, unpinned, exchange);
      }
      return unpinned(to, tag);
    }
    return exchange -> {
      Endpoint endpoint = OnDemandHost.of(exchange);
      return endpoint == null ? NO_ROUTE : new OnDemand(endpoint, tag.bucket(exchange));
    };
  }

  private static Resolver unpinned(Destination.ToDirector to, TrustedTag tag) {
    String bucket = to.bucket();
    ToDirector root = new ToDirector(to.director(), null, null);
    if (bucket != null) {
      ToDirector fixed =
          bucket.equals(BucketName.ROOT) ? root : new ToDirector(to.director(), bucket, null);
      return exchange -> fixed;
    }
    return exchange -> {
      String tagged = tag.bucket(exchange);
      return tagged == null ? root : new ToDirector(to.director(), tagged, null);
    };
  }

  /** An attribute that is absent or empty does not pin. */
  private Classification pinned(
      Destination.ToDirector to,
      ExchangeAttribute pin,
      Resolver unpinned,
      HttpServerExchange exchange) {
    String backend = read(pin, exchange);
    return backend == null || backend.isEmpty()
        ? unpinned.resolve(exchange)
        : new ToDirector(to.director(), null, Names.safe(backend));
  }

  private @Nullable String read(ExchangeAttribute attribute, HttpServerExchange exchange) {
    try {
      return attribute.readAttribute(exchange);
    } catch (RuntimeException e) {
      logOnce(e);
      return null;
    }
  }

  private void logOnce(Throwable e) {
    if (hasFailed.compareAndSet(false, true)) {
      LOG.error("{} failed and counts as not matching; said once", spec, e);
    }
  }
}
