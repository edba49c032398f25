package dev.usher.sidecar.http;

import dev.usher.sidecar.classify.Classification.OnDemand;
import dev.usher.sidecar.classify.Classification.ToDirector;
import dev.usher.sidecar.director.Director;
import dev.usher.sidecar.director.FromTemplate;
import dev.usher.sidecar.director.admission.Admission;
import dev.usher.sidecar.director.admission.Ask;
import dev.usher.sidecar.director.admission.Lease;
import dev.usher.sidecar.director.admission.Outcome;
import dev.usher.sidecar.director.admission.Reason;
import dev.usher.sidecar.director.admission.Requester;
import dev.usher.sidecar.director.admission.Ticket;
import dev.usher.sidecar.director.endpoint.Endpoint;
import dev.usher.sidecar.director.spec.DirectorSpec.Settings;
import dev.usher.sidecar.http.deadline.Deadline;
import io.undertow.server.ExchangeCompletionListener;
import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xnio.IoUtils;
import org.xnio.Options;
import org.xnio.XnioIoThread;

/**
 * One request's way through the sidecar: asks the director, hands the lease to an {@link Attempt},
 * asks again for another, and ends. Everything happens on the exchange's IO thread; what the
 * director says elsewhere comes back to it first.
 */
final class Passage implements Runnable, Requester, ExchangeCompletionListener {
  private static final Logger LOG = LoggerFactory.getLogger(Passage.class);

  private enum State {
    /** The director has been asked. */
    ASKING,
    /** An attempt is under way. */
    FORWARDING,
    /** The client has its answer or is gone; no place in a queue is held. */
    OVER
  }

  private final Forwarding forwarding;
  private final HttpServerExchange exchange;
  private final XnioIoThread thread;
  private final boolean hasBody;
  private final Deadline deadline;
  private final Ask ask;
  private final ClientWatch watch;

  private Director director;

  /** Whose director is asked for once more if this one is gone; null for not. */
  private @Nullable Endpoint endpoint;

  private State state = State.ASKING;
  private @Nullable Ticket ticket;
  private @Nullable Attempt attempt;
  private @Nullable RequestBody body;
  private int retries;

  /** To a director by its name. */
  Passage(Forwarding forwarding, HttpServerExchange exchange, Director director, ToDirector way) {
    this(forwarding, exchange, director, way.bucket(), way.pinnedBackend());
  }

  /** To the director of a host and port, which may be let go while the request is on its way. */
  Passage(Forwarding forwarding, HttpServerExchange exchange, Director director, OnDemand way) {
    this(forwarding, exchange, director, way.bucket(), null);
    this.endpoint = way.endpoint();
  }

  private Passage(
      Forwarding forwarding,
      HttpServerExchange exchange,
      Director director,
      @Nullable String bucket,
      @Nullable String pinnedBackend) {
    this.forwarding = forwarding;
    this.exchange = exchange;
    this.thread = exchange.getIoThread();
    this.director = director;
    this.hasBody = !exchange.isRequestComplete();
    this.deadline =
        Deadline.of(
            exchange.getRequestHeaders(),
            director.definition().spec().settings().timeouts(),
            forwarding.tickers().on(thread)::nanos);
    this.ask = new Ask(bucket, pinnedBackend, deadline.nanos(), this);
    this.watch = new ClientWatch(exchange, this::clientGone);
  }

  Forwarding forwarding() {
    return forwarding;
  }

  HttpServerExchange exchange() {
    return exchange;
  }

  XnioIoThread thread() {
    return thread;
  }

  /** Whether the request has a body, read or not. */
  boolean hasBody() {
    return hasBody;
  }

  /**
   * The request's body; the exchange gives its channel once only, attempts may be several.
   *
   * @param keptBytes how much of it is kept for a second attempt; what the first one says, counts
   */
  RequestBody body(long keptBytes) {
    RequestBody known = body;
    if (known == null) {
      known = new RequestBody(ChunkedRequest.channel(exchange), keptBytes);
      body = known;
    }
    return known;
  }

  /** Whether another attempt could send the whole request. */
  boolean isBodyWhole() {
    return body == null || body.canRewind();
  }

  /** The response begins, so there will be no further attempt. */
  void forgetBody() {
    if (body != null) {
      body.forget();
    }
  }

  /** Whether there can be one more attempt, as far as can be told without asking. */
  boolean mayAskAgain(Lease lease) {
    return ask.pinnedBackend() == null && retries < lease.settings().maxRetryCount();
  }

  /** Counted from the arrival, which is when the passage was made. */
  Deadline deadline() {
    return deadline;
  }

  ClientWatch watch() {
    return watch;
  }

  /** Parked: the exchange is dispatched, so the grant may come within the call. */
  @Override
  public void run() {
    try {
      exchange.addExchangeCompleteListener(this);
      ticket = director.admit(ask);
      watchWhileAsking();
    } catch (RuntimeException | Error e) {
      defect(e);
    }
  }

  private void watchWhileAsking() {
    if (state == State.ASKING) {
      watch.start();
    }
  }

  @Override
  public void onAdmission(Admission admission) {
    if (Thread.currentThread() == thread) {
      admitted(admission);
    } else {
      hop(() -> admitted(admission), admission);
    }
  }

  private void hop(Runnable task, Admission admission) {
    try {
      thread.execute(task);
    } catch (RejectedExecutionException e) {
      LOG.debug("the IO thread has ended before its request", e);
      if (admission instanceof Admission.Granted granted) {
        granted.lease().close(Outcome.CLIENT_GONE);
      }
    }
  }

  /** A defect here would be lost: nobody is above but the director, or the thread. */
  private void admitted(Admission admission) {
    try {
      if (admission instanceof Admission.Granted granted) {
        granted(granted.lease());
      } else if (admission instanceof Admission.Refused refused) {
        refused(refused.reason(), admission);
      }
    } catch (RuntimeException | Error e) {
      defect(e);
    }
  }

  private void refused(Reason reason, Admission admission) {
    Endpoint wanted = endpoint;
    if (wanted != null && reason == Reason.NO_DIRECTOR) {
      endpoint = null;
      // Later, since this may be within the call whose ticket is still to be set.
      hop(() -> askWhoIsThereNow(wanted), admission);
    } else {
      refuse(Refusal.of(reason));
    }
  }

  private void askWhoIsThereNow(Endpoint wanted) {
    if (state != State.ASKING) {
      return;
    }
    try {
      FromTemplate found = forwarding.router().findOrMake(wanted);
      if (found instanceof FromTemplate.Made made) {
        director = made.director();
        ticket = director.admit(ask);
      } else {
        boolean full = found instanceof FromTemplate.LimitReached;
        refuse(full ? Refusal.ON_DEMAND_LIMIT : Refusal.NO_DIRECTOR);
      }
    } catch (RuntimeException | Error e) {
      defect(e);
    }
  }

  private void granted(Lease lease) {
    if (state == State.OVER) {
      lease.close(Outcome.CLIENT_GONE);
    } else {
      forward(lease);
    }
  }

  /** The watch, if there is one, goes on until the client is read from. */
  private void forward(Lease lease) {
    state = State.FORWARDING;
    Attempt next = new Attempt(this, lease);
    attempt = next;
    next.start();
  }

  /** After a failure: gives the lease back and asks for another. */
  void retry(Lease lease, Outcome outcome) {
    retries++;
    askAgain(lease, outcome);
  }

  /** Gives the lease back and asks for another, which does not count as a retry. */
  void askAgain(Lease lease, Outcome outcome) {
    state = State.ASKING;
    attempt = null;
    lease.retry(outcome);
    watchWhileAsking();
  }

  /** Answers the client, unless it has an answer or is gone. */
  void refuse(Refusal refusal) {
    if (state != State.OVER) {
      over();
      if (exchange.isResponseStarted()) {
        cut();
      } else {
        answer(refusal, director.definition().spec().settings());
      }
    }
  }

  private void answer(Refusal refusal, Settings settings) {
    if (!refusal.endsConnection() && !exchange.isRequestComplete()) {
      UnwantedBody.read(exchange, body(0).channel());
    }
    Answer.send(
        exchange,
        refusal,
        settings.retryAfter(),
        settings.timeouts().client(),
        forwarding.tickers().on(thread));
  }

  /** The client has the whole response. */
  void responded() {
    if (state == State.OVER) {
      return;
    }
    over();
    Linger.unlessComplete(exchange);
  }

  /**
   * Breaks the client's connection off, so that it cannot take what it has for a whole response.
   */
  void cut() {
    over();
    if (!exchange.getConnection().isOpen()) {
      return;
    }
    if (exchange.isResponseStarted() && ResponseHeaders.isEndedByClosing(exchange)) {
      try {
        exchange.getConnection().setOption(Options.CLOSE_ABORT, true);
      } catch (IOException e) {
        LOG.debug("the connection cannot be reset", e);
      }
    }
    closeConnection();
  }

  /** Not persistent, so that Undertow does not turn to what else the client has sent. */
  private void closeConnection() {
    exchange.setPersistent(false);
    IoUtils.safeClose(exchange.getConnection());
  }

  private void over() {
    state = State.OVER;
    watch.stop();
  }

  /** The client left. Nothing is written; access logs know it as 499. */
  void clientGone() {
    LOG.debug("499 {} {}", exchange.getRequestMethod(), exchange.getRequestURI());
    State was = state;
    over();
    if (was == State.ASKING) {
      Ticket held = ticket;
      if (held != null) {
        held.cancel();
      }
    } else if (attempt != null) {
      attempt.clientGone();
    }
    closeConnection();
  }

  /** A defect: said once, with its cause; what is held is given back. */
  void defect(Throwable cause) {
    LOG.error("defect while {} {}", exchange.getRequestMethod(), exchange.getRequestURI(), cause);
    Attempt broken = attempt;
    if (broken != null) {
      broken.giveUp(Outcome.BROKEN);
    } else if (ticket != null) {
      ticket.cancel();
    }
    refuse(Refusal.INTERNAL_ERROR);
  }

  @Override
  public void onRevoked(Lease lease) {
    try {
      thread.execute(() -> revoke(lease));
    } catch (RejectedExecutionException e) {
      LOG.debug("the IO thread has ended before its request", e);
      lease.close(Outcome.CLIENT_GONE);
    }
  }

  private void revoke(Lease lease) {
    if (attempt != null) {
      attempt.revoked(lease);
    }
  }

  /** Undertow's last word, whatever has happened to the connection. */
  @Override
  public void exchangeEvent(HttpServerExchange done, NextListener next) {
    try {
      // Here and not later: from now on Undertow listens for the connection's next request.
      watch.stop();
      boolean held = attempt != null && attempt.holdsLease();
      if (attempt != null && !held) {
        attempt.leaveTicker();
      }
      if (state == State.ASKING || (state == State.FORWARDING && held)) {
        clientGone();
      }
    } finally {
      next.proceed();
    }
  }
}
