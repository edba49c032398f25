package dev.usher.sidecar.http;

import dev.usher.sidecar.director.admission.Reason;
import dev.usher.sidecar.protocol.Upstream;
import java.util.Locale;

/**
 * Every answer that the sidecar makes itself: outcome, status, X-Director-Reason. There are no
 * others.
 */
enum Refusal {
  /** The message could be read in two ways, or not at all. */
  BAD_REQUEST(400),
  /** X-Request-Deadline-Ms or grpc-timeout says no time. */
  BAD_DEADLINE(400),
  NO_ROUTE(404),
  /** CONNECT. */
  METHOD_NOT_ALLOWED(405),
  /** The client sent nothing of its body for client-timeout. */
  CLIENT_TIMEOUT(408),
  BODY_TOO_LARGE(413),
  /** A defect of the sidecar. */
  INTERNAL_ERROR(500),
  /** What the backend sent is no HTTP response. */
  BROKEN_RESPONSE(502),
  /** No connection to the backend, and retry-on does not have connect. */
  CONNECT_FAILED(502),
  /** The backend closed the connection before its response, and the request is not repeatable. */
  CONNECTION_RESET(502),
  QUEUE_FULL(503),
  QUEUE_TIMEOUT(503),
  DISABLED(503),
  UNAVAILABLE(503),
  RETRIES_EXHAUSTED(503),
  RETRY_BUDGET(503),
  NO_DIRECTOR(503),
  /** The sidecar ends. */
  SHUTTING_DOWN(503),
  /** Nobody answers for the host and port, and the template has made as many as it may. */
  ON_DEMAND_LIMIT(503),
  NO_BACKEND(503),
  BACKEND_DISABLED(503),
  BACKEND_OFFLINE(503),
  BACKEND_FULL(503),
  /** The backend was slower than first-byte-timeout, read-timeout or write-timeout. */
  BACKEND_TIMEOUT(504),
  /** The request's own deadline has come, or the director's request-timeout. */
  DEADLINE(504);

  private final int status;
  private final String reason = name().toLowerCase(Locale.ROOT).replace('_', '-');

  Refusal(int status) {
    this.status = status;
  }

  static Refusal of(Reason reason) {
    return switch (reason) {
      case QUEUE_FULL -> QUEUE_FULL;
      case QUEUE_TIMEOUT -> QUEUE_TIMEOUT;
      case DEADLINE -> DEADLINE;
      case DISABLED -> DISABLED;
      case UNAVAILABLE -> UNAVAILABLE;
      case RETRIES_EXHAUSTED -> RETRIES_EXHAUSTED;
      case RETRY_BUDGET -> RETRY_BUDGET;
      case NO_DIRECTOR -> NO_DIRECTOR;
      case SHUTTING_DOWN -> SHUTTING_DOWN;
      case NO_BACKEND -> NO_BACKEND;
      case BACKEND_DISABLED -> BACKEND_DISABLED;
      case BACKEND_OFFLINE -> BACKEND_OFFLINE;
      case BACKEND_FULL -> BACKEND_FULL;
    };
  }

  /** When the request is not repeated. */
  static Refusal of(Upstream.Failure failure) {
    return switch (failure) {
      case NOT_CONNECTED -> CONNECT_FAILED;
      case STALE, RESET -> CONNECTION_RESET;
      case BROKEN -> BROKEN_RESPONSE;
    };
  }

  int status() {
    return status;
  }

  /** X-Director-Reason, in kebab-case. */
  String reason() {
    return reason;
  }

  /** Whether the answer carries Retry-After. */
  boolean isRetryable() {
    return status == 503;
  }

  /** Whether what else the client has sent cannot be trusted, so that its connection ends. */
  boolean endsConnection() {
    return status == 400 || status == 405 || status == 408 || status == 413;
  }
}
