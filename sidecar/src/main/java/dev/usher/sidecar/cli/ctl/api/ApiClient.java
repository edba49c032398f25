package dev.usher.sidecar.cli.ctl.api;

import dev.usher.sidecar.config.AdminToken;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/** One sidecar's admin API, over HTTP/1.1 and past any proxy. Blocks; sends no change twice. */
public final class ApiClient {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(30);

  /** Of ten thousand directors with a few backends and buckets each there are 40 MiB to tell. */
  private static final int MAX_ANSWER_BYTES = 256 * 1024 * 1024;

  private final AdminAddress address;
  private final @Nullable AdminToken token;
  private final Duration answerTimeout;
  private final Replies replies;
  private final HttpClient client;

  /**
   * @param token null sends none
   */
  public ApiClient(AdminAddress address, @Nullable AdminToken token) {
    this(address, token, CONNECT_TIMEOUT, ANSWER_TIMEOUT);
  }

  /**
   * @param answerTimeout from the request to the last byte of the answer
   */
  ApiClient(
      AdminAddress address,
      @Nullable AdminToken token,
      Duration connectTimeout,
      Duration answerTimeout) {
    this.address = address;
    this.token = token;
    this.answerTimeout = answerTimeout;
    this.replies = new Replies(address);
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .proxy(HttpClient.Builder.NO_PROXY)
            .connectTimeout(connectTimeout)
            .sslContext(new NoTls())
            .sslParameters(new SSLParameters())
            .build();
  }

  /**
   * Asks and waits for the whole answer.
   *
   * @throws CtlFailed when there is no answer, or it is none of an admin API
   */
  public Reply send(ApiRequest request) throws CtlFailed {
    CompletableFuture<HttpResponse<String>> answer =
        client.sendAsync(http(request), head -> new LimitedText(MAX_ANSWER_BYTES));
    try {
      return replies.of(answer.get(answerTimeout.toMillis(), TimeUnit.MILLISECONDS));
    } catch (ExecutionException e) {
      throw failed(request, e.getCause() == null ? e : e.getCause());
    } catch (TimeoutException e) {
      answer.cancel(true);
      String message = "%s gives no answer within %s".formatted(address, text(answerTimeout));
      throw unanswered(request, message, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unanswered(request, "interrupted", e);
    }
  }

  private HttpRequest http(ApiRequest request) {
    BodyPublisher body =
        request.body().isEmpty()
            ? BodyPublishers.noBody()
            : BodyPublishers.ofString(request.body());
    HttpRequest.Builder http =
        HttpRequest.newBuilder(address.at(request.resource())).method(request.verb(), body);
    if (!request.contentType().isEmpty()) {
      http.header("Content-Type", request.contentType());
    }
    if (request.onlyIfAbsent()) {
      http.header("If-None-Match", "*");
    }
    if (token != null) {
      http.header("Authorization", "Bearer " + token.text());
    }
    return http.build();
  }

  private CtlFailed failed(ApiRequest request, Throwable cause) {
    if (cause instanceof HttpConnectTimeoutException) {
      return unreachable("it does not answer", cause);
    }
    if (cause instanceof ConnectException) {
      boolean unresolved = cause.getCause() instanceof UnresolvedAddressException;
      return unreachable(unresolved ? "unknown host" : "connection refused", cause);
    }
    String why = cause instanceof IOException ? cause.getMessage() : cause.toString();
    String message = "the connection to %s broke: %s".formatted(address, why);
    return unanswered(request, message, cause);
  }

  private CtlFailed unreachable(String why, Throwable cause) {
    return new CtlFailed(
        "cannot connect to %s: %s (--admin ADDR:PORT says where the admin API is)"
            .formatted(address, why),
        cause);
  }

  private static CtlFailed unanswered(ApiRequest request, String message, Throwable cause) {
    String unknown = request.reads() ? "" : "; what was asked for may have been done";
    return new CtlFailed(message + unknown, cause);
  }

  private static String text(Duration duration) {
    return duration.toMillis() / 1_000.0 + " s";
  }
}
