package dev.usher.sidecar.protocol;

import dev.usher.sidecar.backend.Target;
import io.undertow.client.ClientCallback;
import io.undertow.client.ClientExchange;
import io.undertow.client.ClientRequest;
import io.undertow.client.ClientResponse;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.Methods;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;
import org.xnio.channels.StreamSinkChannel;

/**
 * One request over one HTTP/1.1 connection. Undertow's client may report a failure twice and after
 * the response; here everything is said once.
 */
final class Http1Call
    implements Upstream.Call,
        Connector.Listener,
        ClientCallback<ClientExchange>,
        HeadScan.Listener {
  private static final int CONTINUE = 100;
  private static final int NO_CONTENT = 204;
  private static final int NOT_MODIFIED = 304;

  private final Http1Upstream.Lane lane;
  private final Target target;
  private final ClientRequest request;
  private final Upstream.Listener listener;

  private @Nullable Connector connector;
  private @Nullable BackendConnection connection;
  private @Nullable StreamSinkChannel requestBody;
  private boolean reused;

  /** Whether the connection may serve another request once the response has been read. */
  private boolean reusable;

  /** The listener hears nothing more of the head: it has the response, the failure, or left. */
  private boolean settled;

  Http1Call(
      Http1Upstream.Lane lane, Target target, ClientRequest request, Upstream.Listener listener) {
    this.lane = lane;
    this.target = target;
    this.request = request;
    this.listener = listener;
  }

  @Override
  public void start(Upstream.Reuse reuse, Duration connectTimeout) {
    BackendConnection pooled = reuse == Upstream.Reuse.FRESH ? null : lane.pool().take(target);
    if (pooled != null) {
      reused = true;
      send(pooled);
    } else {
      connector = new Connector(lane, target, this);
      connector.start(connectTimeout);
    }
  }

  @Override
  public void onConnection(BackendConnection fresh) {
    send(fresh);
  }

  @Override
  public void onNoConnection(IOException cause) {
    fail(Upstream.Failure.NOT_CONNECTED, cause);
  }

  private void send(BackendConnection to) {
    connection = to;
    listener.onReady(request.getRequestHeaders());
    if (!settled) {
      to.filter.expectResponse(this);
      to.client.sendRequest(request, this);
    }
  }

  /** The request can be sent. */
  @Override
  public void completed(ClientExchange exchange) {
    StreamSinkChannel body = exchange.getRequestChannel();
    requestBody = body;
    exchange.setResponseListener(
        new ClientCallback<>() {
          @Override
          public void completed(ClientExchange result) {
            respond(result);
          }

          @Override
          public void failed(IOException e) {
            Http1Call.this.failed(e);
          }
        });
    if (!settled) {
      listener.onConnected(body);
    }
  }

  @Override
  public void failed(IOException e) {
    BackendConnection broken = connection;
    if (broken != null && broken.filter.received()) {
      fail(Upstream.Failure.BROKEN, e);
    } else {
      fail(reused ? Upstream.Failure.STALE : Upstream.Failure.RESET, e);
    }
  }

  private void respond(ClientExchange exchange) {
    if (settled) {
      return;
    }
    ClientResponse response = exchange.getResponse();
    String fault = ResponseFraming.fault(response);
    if (fault != null) {
      fail(Upstream.Failure.BROKEN, new IOException(fault));
      return;
    }
    settled = true;
    reusable = !ConnectionField.asksToClose(response.getResponseHeaders()) && !mayTrail(response);
    expectBody(response);
    listener.onResponse(response, exchange.getResponseChannel());
  }

  /** A response without a body has the method HEAD by now, see {@link #onFinal}. */
  private void expectBody(ClientResponse response) {
    boolean chunked = response.getResponseHeaders().contains(Headers.TRANSFER_ENCODING);
    if (chunked && connection != null && !request.getMethod().equals(Methods.HEAD)) {
      connection.filter.expectChunks();
    }
  }

  /**
   * Whether a backend that does not know its method or status might send a body where none can be:
   * it would be taken for the next response, and no look at the connection can tell that nothing is
   * on its way. After HEAD there must be a Content-Length of 0; 204 and 304 may do without.
   */
  private boolean mayTrail(ClientResponse response) {
    if (!request.getMethod().equals(Methods.HEAD)) {
      return false;
    }
    HeaderMap headers = response.getResponseHeaders();
    String length = headers.getFirst(Headers.CONTENT_LENGTH);
    if (length != null) {
      return !length.equals("0");
    }
    return !hasNoBody(response.getResponseCode()) || headers.contains(Headers.TRANSFER_ENCODING);
  }

  private void fail(Upstream.Failure failure, IOException cause) {
    if (!settled) {
      abort();
      listener.onFailed(failure, cause);
    }
  }

  @Override
  public void onBytes() {
    if (!settled) {
      listener.onHeard();
    }
  }

  @Override
  public void onInterim(int status) {
    if (status == CONTINUE && !settled) {
      listener.onContinue();
    }
  }

  /**
   * 204 and 304 have no body whatever their fields say (RFC 9112 section 6.3), but Undertow's
   * client would wait for one; it does not after a HEAD.
   */
  @Override
  public void onFinal(int status) {
    if (hasNoBody(status)) {
      request.setMethod(Methods.HEAD);
    }
  }

  private static boolean hasNoBody(int status) {
    return status == NO_CONTENT || status == NOT_MODIFIED;
  }

  @Override
  public void responseRead() {
    BackendConnection used = connection;
    StreamSinkChannel body = requestBody;
    if (used == null || body == null) {
      return;
    }
    boolean requestUnfinished = body.isOpen();
    if (reusable && !requestUnfinished && !used.filter.hasSurplus() && used.isOpen()) {
      connection = null;
      lane.pool().give(used);
    } else {
      abort();
    }
  }

  @Override
  public void abort() {
    settled = true;
    if (connector != null) {
      connector.cancel();
      connector = null;
    }
    BackendConnection used = connection;
    if (used != null) {
      connection = null;
      // First the message's end, so that no clean end can be written, then the socket.
      IoUtils.safeClose(requestBody);
      used.close();
    }
  }
}
