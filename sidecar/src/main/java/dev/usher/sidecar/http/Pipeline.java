package dev.usher.sidecar.http;

import dev.usher.sidecar.classify.Classification;
import dev.usher.sidecar.director.Director;
import dev.usher.sidecar.director.DirectorSpec.Settings;
import dev.usher.sidecar.protocol.ConnectionField;
import dev.usher.sidecar.protocol.Tickers;
import dev.usher.sidecar.protocol.Upstream;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.SameThreadExecutor;
import org.jspecify.annotations.Nullable;
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
    this.forwarding = new Forwarding(upstream, tickers, guard);
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
    if (way instanceof Classification.ToDirector to) {
      pass(exchange, router.director(to.director()), to.bucket(), to.pinnedBackend());
    } else if (way instanceof Classification.OnDemand to) {
      pass(exchange, router.onDemand(to.host(), to.port()), null, null);
    } else {
      refuse(exchange, Refusal.NO_ROUTE);
    }
  }

  private void pass(
      HttpServerExchange exchange,
      @Nullable Director director,
      @Nullable String bucket,
      @Nullable String pinnedBackend) {
    if (director == null) {
      refuse(exchange, Refusal.NO_DIRECTOR);
    } else {
      Passage passage = new Passage(forwarding, exchange, director, bucket, pinnedBackend);
      // Dispatched before the director is asked: the grant may come within the asking call.
      exchange.dispatch(SameThreadExecutor.INSTANCE, passage);
    }
  }

  private void refuse(HttpServerExchange exchange, Refusal refusal) {
    exchange.dispatch(SameThreadExecutor.INSTANCE, () -> answer(exchange, refusal));
  }

  private void answer(HttpServerExchange exchange, Refusal refusal) {
    if (!refusal.endsConnection() && !exchange.isRequestComplete()) {
      UnwantedBody.read(exchange, ChunkedRequest.channel(exchange));
    }
    Answer.send(
        exchange,
        refusal,
        Settings.DEFAULT.retryAfter(),
        Settings.DEFAULT.clientTimeout(),
        forwarding.tickers().on(exchange.getIoThread()));
  }
}
