package dev.usher.sidecar.http;

import dev.usher.sidecar.classify.Classification;
import dev.usher.sidecar.classify.Classification.OnDemand;
import dev.usher.sidecar.classify.Classification.ToDirector;
import dev.usher.sidecar.director.Director;
import dev.usher.sidecar.director.FromTemplate;
import dev.usher.sidecar.director.spec.DirectorSpec.Settings;
import dev.usher.sidecar.protocol.ConnectionField;
import dev.usher.sidecar.protocol.Tickers;
import dev.usher.sidecar.protocol.Upstream;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.SameThreadExecutor;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where requests come in: guard, classify, park, ask. */
public final class Pipeline implements HttpHandler {
  /** No limit for request bodies. */
  public static final long UNLIMITED = RequestGuard.UNLIMITED;

  private static final Logger LOG = LoggerFactory.getLogger(Pipeline.class);

  private final Router router;
  private final RequestGuard guard;
  private final Forwarding forwarding;

  /**
   * @param maxBodyBytes longest request body, {@link #UNLIMITED} for any
   */
  public Pipeline(Router router, Upstream upstream, Tickers tickers, long maxBodyBytes) {
    this.router = router;
    this.guard = new RequestGuard(maxBodyBytes);
    this.forwarding = new Forwarding(router, upstream, tickers, guard);
  }

  @Override
  public void handleRequest(HttpServerExchange exchange) {
    if (ConnectionField.asksToClose(exchange.getRequestHeaders())) {
      exchange.setPersistent(false);
    }
    Refusal refusal = guard.check(exchange);
    if (refusal != null) {
      refuse(exchange, refusal);
      return;
    }
    try {
      route(exchange);
    } catch (RuntimeException | Error e) {
      LOG.error("defect while routing {}", exchange.getRequestURI(), e);
      refuse(exchange, Refusal.INTERNAL_ERROR);
    }
  }

  private void route(HttpServerExchange exchange) {
    Classification way = router.classify(exchange);
    if (way instanceof ToDirector to) {
      Director director = router.director(to.director());
      if (director == null) {
        refuse(exchange, Refusal.NO_DIRECTOR);
      } else {
        pass(new Passage(forwarding, exchange, director, to));
      }
    } else if (way instanceof OnDemand to) {
      onDemand(exchange, to);
    } else {
      refuse(exchange, Refusal.NO_ROUTE);
    }
  }

  private void onDemand(HttpServerExchange exchange, OnDemand to) {
    Director director = router.find(to.endpoint());
    if (director != null) {
      pass(new Passage(forwarding, exchange, director, to));
      return;
    }
    FromTemplate found = router.findOrMake(to.endpoint());
    if (found instanceof FromTemplate.Made made) {
      pass(new Passage(forwarding, exchange, made.director(), to));
    } else if (found instanceof FromTemplate.LimitReached limit) {
      refuse(exchange, Refusal.ON_DEMAND_LIMIT, limit.retryAfter());
    } else {
      refuse(exchange, Refusal.NO_DIRECTOR);
    }
  }

  /** Dispatched before the director is asked: the grant may come within the asking call. */
  private static void pass(Passage passage) {
    passage.exchange().dispatch(SameThreadExecutor.INSTANCE, passage);
  }

  private void refuse(HttpServerExchange exchange, Refusal refusal) {
    refuse(exchange, refusal, Settings.DEFAULT.retryAfter());
  }

  private void refuse(HttpServerExchange exchange, Refusal refusal, Duration retryAfter) {
    exchange.dispatch(SameThreadExecutor.INSTANCE, () -> answer(exchange, refusal, retryAfter));
  }

  private void answer(HttpServerExchange exchange, Refusal refusal, Duration retryAfter) {
    if (!refusal.endsConnection() && !exchange.isRequestComplete()) {
      UnwantedBody.read(exchange, ChunkedRequest.channel(exchange));
    }
    Answer.send(
        exchange,
        refusal,
        retryAfter,
        Settings.DEFAULT.timeouts().client(),
        forwarding.tickers().on(exchange.getIoThread()));
  }
}
