package dev.usher.sidecar.admin.web;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.sidecar.time.Timers;
import dev.usher.sidecar.time.Timers.Timer;
import io.undertow.io.Receiver;
import io.undertow.server.Connectors;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.AttachmentKey;
import io.undertow.util.Headers;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.xnio.IoUtils;

/** Receives bodies without holding a thread, within a length and a time. [io] */
public final class Bodies {
  public static final int MAX_BYTES = 1 << 20;
  static final Duration TIMEOUT = Duration.ofSeconds(10);

  /** On a request whose rest nobody can make sense of. */
  private static final AttachmentKey<Boolean> UNREADABLE = AttachmentKey.create(Boolean.class);

  private final Timers timers;

  public Bodies(Timers timers) {
    this.timers = timers;
  }

  /** Hears once how it went, on the IO thread. */
  public interface Reader {
    void onBody(HttpServerExchange exchange, byte[] body);

    void onRefused(HttpServerExchange exchange, ApiError error);
  }

  /** Receives the whole body. */
  public void receive(HttpServerExchange exchange, Reader reader) {
    if (exchange.isRequestComplete()) {
      reader.onBody(exchange, new byte[0]);
      return;
    }
    // Before the receiver is asked, which would set as much memory aside.
    if (exchange.getRequestContentLength() > MAX_BYTES) {
      reader.onRefused(exchange, tooLarge());
      return;
    }
    exchange.setMaxEntitySize(-1);
    AtomicBoolean told = new AtomicBoolean();
    Runnable expire = () -> refuse(exchange, told, reader, tooSlow());
    Timer timer = timers.after(TIMEOUT.toNanos(), () -> hop(exchange, expire));
    Receiver receiver = exchange.getRequestReceiver();
    receiver.setMaxBufferSize(MAX_BYTES);
    receiver.receiveFullBytes(
        (done, body) -> {
          if (told.compareAndSet(false, true)) {
            timer.cancel();
            reader.onBody(done, body);
          }
        },
        (failed, cause) -> {
          timer.cancel();
          if (told.compareAndSet(false, true)) {
            reader.onRefused(failed, refusal(failed, cause));
          }
        });
  }

  /**
   * Cuts the connection of a request that was answered early and goes on sending: for {@code GET}
   * with a body, and after a refusal.
   */
  public void limitRest(HttpServerExchange exchange) {
    if (exchange.isRequestComplete()) {
      return;
    }
    AtomicBoolean over = new AtomicBoolean();
    Runnable cut =
        () -> {
          if (!over.get()) {
            IoUtils.safeClose(exchange.getConnection());
          }
        };
    Timer timer = timers.after(2 * TIMEOUT.toNanos(), () -> hop(exchange, cut));
    exchange.addExchangeCompleteListener(
        (done, next) -> {
          over.set(true);
          timer.cancel();
          next.proceed();
        });
  }

  /**
   * Ends an exchange whose answer is written. The rest of a request that was answered early is read
   * first, for as long as {@link #limitRest} allows: Undertow would end a connection that is not
   * persistent at once, the kernel would answer the rest with a reset, and the client would lose
   * the answer that it has not read yet (RFC 9112 section 9.6).
   */
  public static void end(HttpServerExchange exchange) {
    boolean rest = !exchange.isRequestComplete() && exchange.getAttachment(UNREADABLE) == null;
    if (rest && !exchange.isPersistent()) {
      exchange.setPersistent(true);
      exchange.addExchangeCompleteListener(
          (done, next) -> {
            done.setPersistent(false);
            next.proceed();
          });
    }
    exchange.endExchange();
  }

  /** What body and query say. */
  public static ObjectNode fields(HttpServerExchange exchange, byte[] body) {
    String type = exchange.getRequestHeaders().getFirst(Headers.CONTENT_TYPE);
    String query = exchange.getQueryString();
    ObjectNode fromQuery =
        query == null || query.isEmpty()
            ? JsonNodeFactory.instance.objectNode()
            : Fields.form(query);
    return Fields.union(Fields.body(type == null ? "application/json" : type, body), fromQuery);
  }

  private static void hop(HttpServerExchange exchange, Runnable task) {
    exchange.getIoThread().execute(task);
  }

  private static void refuse(
      HttpServerExchange exchange, AtomicBoolean told, Reader reader, ApiError error) {
    if (told.compareAndSet(false, true)) {
      Connectors.executeRootHandler(late -> reader.onRefused(late, error), exchange);
    }
  }

  private static ApiError refusal(HttpServerExchange exchange, IOException cause) {
    if (cause instanceof Receiver.RequestToLargeException) {
      return tooLarge();
    }
    exchange.putAttachment(UNREADABLE, true);
    return ApiError.of(ApiError.Code.BAD_VALUE, "body: broken off or badly framed", "body");
  }

  private static ApiError tooLarge() {
    String message = "body: want at most " + MAX_BYTES + " bytes";
    return ApiError.of(ApiError.Code.TOO_LARGE, message, "body");
  }

  private static ApiError tooSlow() {
    String message = "body: want all of it within " + TIMEOUT.toSeconds() + " s";
    return ApiError.of(ApiError.Code.TIMEOUT, message, "body");
  }
}
