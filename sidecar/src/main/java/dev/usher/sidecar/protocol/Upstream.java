package dev.usher.sidecar.protocol;

import dev.usher.sidecar.backend.Target;
import io.undertow.client.ClientRequest;
import io.undertow.client.ClientResponse;
import io.undertow.util.HeaderMap;
import java.io.IOException;
import java.time.Duration;
import org.xnio.XnioIoThread;
import org.xnio.channels.StreamSinkChannel;
import org.xnio.channels.StreamSourceChannel;

/** Carries requests to backends. Everything happens on one IO thread, the one given. [io] */
public interface Upstream {

  /**
   * Prepares a call; nothing happens before {@link Call#start}.
   *
   * @param request the head as the backend shall see it, with Content-Length or Transfer-Encoding
   *     if there is a body; to be touched in {@link Listener#onReady} only
   */
  Call call(XnioIoThread thread, Target target, ClientRequest request, Listener listener);

  /** One request and its response. */
  interface Call {
    /** Takes a connection and sends the head. The listener may be called before this returns. */
    void start(Reuse reuse, Duration connectTimeout);

    /**
     * The response's body was read to its end: the connection goes back to its pool, or is closed
     * if the request was not sent to its end.
     */
    void responseRead();

    /**
     * Closes the connection. A request body that is under way arrives truncated, never as a whole.
     * The listener hears nothing more. Repetition is harmless.
     */
    void abort();
  }

  /** What becomes of a call. */
  interface Listener {
    /**
     * There is a connection, and the head goes out next: the last moment to change it, or to {@link
     * Call#abort} so that nothing is sent.
     */
    void onReady(HeaderMap head);

    /** There is a connection; the request's body, if it has one, goes into {@code body}. */
    void onConnected(StreamSinkChannel body);

    /** Some of the response's head, or of interim ones, has come; before what it is, is known. */
    void onHeard();

    /** The backend wants the body that it was asked about with {@code Expect: 100-continue}. */
    void onContinue();

    /** The final response; its framing has been checked. At most once. */
    void onResponse(ClientResponse response, StreamSourceChannel body);

    /** There will be no response; instead of {@link #onResponse}, at most once. */
    void onFailed(Failure failure, IOException cause);
  }

  /** Which connections a call may use. */
  enum Reuse {
    /** A pooled one if there is one that is alive and has nothing unread. */
    POOLED,
    /** A new one. */
    FRESH
  }

  /** Why there is no response. */
  enum Failure {
    /** No connection: unknown host, refused, unreachable, or timed out. Nothing was sent. */
    NOT_CONNECTED,
    /** A pooled connection was closed before the first response byte: most likely it was stale. */
    STALE,
    /** A new connection was closed before the first response byte. */
    RESET,
    /** What came is no HTTP response, or broke off in its head. */
    BROKEN
  }
}
