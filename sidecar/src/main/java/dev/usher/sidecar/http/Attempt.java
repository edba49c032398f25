package dev.usher.sidecar.http;

import dev.usher.sidecar.director.admission.Lease;
import dev.usher.sidecar.director.admission.Outcome;
import dev.usher.sidecar.director.spec.DirectorSpec.OnClientAbort;
import dev.usher.sidecar.http.deadline.Deadline;
import dev.usher.sidecar.protocol.BodyPump;
import dev.usher.sidecar.protocol.Ticker;
import dev.usher.sidecar.protocol.Upstream;
import io.undertow.client.ClientResponse;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xnio.channels.StreamSinkChannel;
import org.xnio.channels.StreamSourceChannel;

/**
 * One lease at work: sends the request to its backend and the response to the client. Closes the
 * lease exactly once: when the backend's response has been read, not when a slow client has taken
 * it.
 */
final class Attempt extends Ticker.Ticking implements Upstream.Listener {
  private static final Logger LOG = LoggerFactory.getLogger(Attempt.class);

  private final Passage passage;
  private final HttpServerExchange exchange;
  private final Lease lease;
  private final Ticker ticker;
  private final Deadline deadline;
  private final Lateness lateness;
  private final Repetition repetition;

  private Upstream.@Nullable Call call;
  private @Nullable Upload upload;
  private @Nullable BodyPump download;
  private @Nullable StreamSourceChannel responseBody;
  private boolean holdsLease = true;
  private boolean connected;
  private boolean usedFresh;
  private boolean clientLeft;
  private boolean serverError;

  Attempt(Passage passage, Lease lease) {
    this.passage = passage;
    this.exchange = passage.exchange();
    this.lease = lease;
    this.ticker = passage.forwarding().tickers().on(passage.thread());
    this.deadline = passage.deadline();
    this.repetition = new Repetition(passage, lease);
    this.lateness = new Lateness(lease.settings().timeouts());
  }

  void start() {
    if (deadline.exists() && deadline.hasCome(ticker.nanos())) {
      expire();
    } else {
      send(Upstream.Reuse.POOLED);
    }
  }

  private void expire() {
    giveUp(Outcome.DEADLINE);
    passage.refuse(Refusal.DEADLINE);
  }

  private void send(Upstream.Reuse reuse) {
    usedFresh = reuse == Upstream.Reuse.FRESH;
    connected = false;
    Upstream.Call next =
        passage
            .forwarding()
            .upstream()
            .call(
                passage.thread(),
                lease.target(),
                RequestHeaders.build(exchange, passage.hasBody(), lease),
                this);
    call = next;
    if (deadline.exists()) {
      ticker.add(this);
    }
    next.start(reuse, lease.settings().timeouts().connect());
    if (holdsLease && next.equals(call) && !connected) {
      passage.watch().start();
    }
  }

  boolean holdsLease() {
    return holdsLease;
  }

  Passage passage() {
    return passage;
  }

  /** Nothing is sent after the deadline, and what is sent says how much is left. */
  @Override
  public void onReady(HeaderMap head) {
    if (!deadline.exists()) {
      return;
    }
    try {
      long nowNanos = ticker.nanos();
      if (deadline.hasCome(nowNanos)) {
        expire();
      } else {
        deadline.tell(head, nowNanos);
      }
    } catch (RuntimeException | Error e) {
      passage.defect(e);
    }
  }

  @Override
  public void onConnected(StreamSinkChannel body) {
    try {
      connected = true;
      lateness.onSent(ticker.nanos());
      ticker.add(this);
      if (passage.hasBody()) {
        passage.watch().stop();
        RequestBody from = passage.body(repetition.keptBytes());
        from.rewind();
        upload = new Upload(this, from, body, ticker);
        upload.start();
      } else {
        passage.watch().start();
      }
    } catch (RuntimeException | Error e) {
      passage.defect(e);
    }
  }

  /** The request's body is with the backend. */
  void uploaded() {
    lateness.onSent(ticker.nanos());
    passage.watch().start();
  }

  @Override
  public void onHeard() {
    lateness.onHeard(ticker.nanos());
  }

  @Override
  public void onContinue() {
    if (upload != null && !clientLeft) {
      upload.backendWantsIt(exchange);
    }
  }

  @Override
  public void onResponse(ClientResponse response, StreamSourceChannel body) {
    try {
      int status = response.getResponseCode();
      serverError = status >= 500 && status < 600;
      lease.answeredAfter(lateness.sinceSent(ticker.nanos()));
      responseBody = body;
      if (clientLeft) {
        drain(body);
      } else if (repetition.isDueAfter(response.getResponseCode())) {
        breakOff();
        holdsLease = false;
        passage.retry(lease, Outcome.SERVER_ERROR);
      } else {
        pump(body, () -> openResponse(response));
      }
    } catch (RuntimeException | Error e) {
      passage.defect(e);
    }
  }

  private void pump(StreamSourceChannel body, BodyPump.Opening sink) {
    BodyPump next =
        new BodyPump(
            body, sink, exchange.getConnection().getByteBufferPool(), ticker, new Download(this));
    download = next;
    next.start();
  }

  /** The head goes out with the first of the body: a body that is broken at once is a 502 yet. */
  private StreamSinkChannel openResponse(ClientResponse response) {
    if (isUploading()) {
      exchange.setPersistent(false);
    }
    passage.forgetBody();
    ResponseHeaders.apply(response, exchange, lease);
    return exchange.getResponseChannel();
  }

  @Override
  public void onFailed(Upstream.Failure failure, IOException cause) {
    try {
      LOG.debug("{} at {}", failure, lease.backend(), cause);
      boolean repeatable = isRepeatable(failure != Upstream.Failure.NOT_CONNECTED);
      stop();
      if (failure == Upstream.Failure.STALE && repeatable && !usedFresh) {
        send(Upstream.Reuse.FRESH);
      } else {
        end(failure, repeatable);
      }
    } catch (RuntimeException | Error e) {
      passage.defect(e);
    }
  }

  private void end(Upstream.Failure failure, boolean repeatable) {
    Outcome outcome =
        switch (failure) {
          case NOT_CONNECTED -> Outcome.CONNECT_FAILED;
          case RESET -> Outcome.RESET;
          case STALE, BROKEN -> Outcome.BROKEN;
        };
    if (repeatable && repetition.isDueAfter(failure)) {
      holdsLease = false;
      passage.retry(lease, outcome);
    } else {
      giveUp(outcome);
      passage.refuse(Refusal.of(failure));
    }
  }

  /** The backend's response was read to its end; the client may still have to take some of it. */
  void served() {
    if (upload != null) {
      upload.stop();
    }
    if (call != null) {
      call.responseRead();
    }
    close(serverError ? Outcome.SERVER_ERROR : Outcome.SERVED);
  }

  /** The client left while its request was served. */
  void clientGone() {
    boolean sent = connected && !isUploading();
    if (holdsLease && sent && lease.settings().onClientAbort() == OnClientAbort.IGNORE) {
      clientLeft = true;
      if (responseBody != null) {
        drain(responseBody);
      }
    } else {
      giveUp(Outcome.CLIENT_GONE);
    }
  }

  private void drain(StreamSourceChannel body) {
    if (download != null) {
      download.stop();
    }
    pump(body, () -> null);
  }

  /** The backend was removed: what runs there ends now, or starts elsewhere. */
  void revoked(Lease taken) {
    if (!taken.equals(lease) || !holdsLease) {
      return;
    }
    if (responseBody == null && isRepeatable(connected)) {
      breakOff();
      holdsLease = false;
      passage.askAgain(lease, Outcome.BROKEN);
    } else {
      giveUp(Outcome.BROKEN);
      passage.refuse(Refusal.CONNECTION_RESET);
    }
  }

  /** Breaks the exchange with the backend off and gives the lease back. */
  void giveUp(Outcome outcome) {
    breakOff();
    close(outcome);
  }

  private void breakOff() {
    stop();
    if (download != null) {
      download.stop();
    }
    if (holdsLease && call != null) {
      call.abort();
    }
  }

  /** Nobody can be late any more. */
  void leaveTicker() {
    ticker.remove(this);
  }

  private void stop() {
    leaveTicker();
    if (upload != null) {
      upload.stop();
    }
  }

  private void close(Outcome outcome) {
    if (holdsLease) {
      holdsLease = false;
      lease.close(outcome);
    }
  }

  /** The deadline is for the backend's part: a client may take its time with what is there. */
  @Override
  protected void onTick(long nowNanos) {
    boolean over = holdsLease && deadline.hasCome(nowNanos);
    Refusal late = connected ? late(over ? deadline.nanos() : nowNanos) : null;
    if (late != null) {
      giveUp(late == Refusal.CLIENT_TIMEOUT ? Outcome.CLIENT_GONE : Outcome.TIMED_OUT);
      passage.refuse(late);
    } else if (over && holdsLease) {
      expire();
    }
  }

  private @Nullable Refusal late(long nowNanos) {
    return lateness.late(nowNanos, isUploading() ? upload : null, download);
  }

  /** Whether another backend may get the request, which this one has got or not. */
  private boolean isRepeatable(boolean sent) {
    return repetition.isPossible(sent) && !clientLeft;
  }

  private boolean isUploading() {
    return upload != null && !upload.isDone();
  }
}
