package dev.usher.sidecar.http;

import dev.usher.sidecar.director.admission.Lease;
import dev.usher.sidecar.director.spec.RetryCause;
import dev.usher.sidecar.director.spec.RetrySpec;
import dev.usher.sidecar.protocol.Upstream;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import java.util.Set;

/**
 * Whether another backend may get the request of an attempt. Whether it does is the director's to
 * say: it knows the budget. [io]
 */
record Repetition(Passage passage, Lease lease) {
  /** RFC 9110 section 9.2.2. */
  private static final Set<HttpString> IDEMPOTENT =
      Set.of(
          Methods.GET, Methods.HEAD, Methods.OPTIONS, Methods.TRACE, Methods.PUT, Methods.DELETE);

  private RetrySpec spec() {
    return lease.settings().retry();
  }

  private boolean isIdempotent() {
    return IDEMPOTENT.contains(passage.exchange().getRequestMethod());
  }

  /**
   * Whether it may be sent once more.
   *
   * @param sent whether this backend has got it, or some of it
   */
  boolean isPossible(boolean sent) {
    return passage.isBodyWhole() && (!sent || isPossibleOnceSent());
  }

  private boolean isPossibleOnceSent() {
    return isIdempotent() || spec().nonIdempotent();
  }

  /** How much of the body is worth keeping for it. */
  long keptBytes() {
    return isPossibleOnceSent() ? spec().bufferBytes() : 0;
  }

  /** Whether {@code failure} is one to go on after. */
  boolean isDueAfter(Upstream.Failure failure) {
    return switch (failure) {
      case NOT_CONNECTED -> spec().on().contains(RetryCause.CONNECT);
      case STALE, RESET -> spec().on().contains(RetryCause.RESET);
      case BROKEN -> false;
    };
  }

  /** Whether a response of this status is thrown away, since another backend may do better. */
  boolean isDueAfter(int status) {
    return spec().isOnStatus(status) && isPossible(true) && passage.mayAskAgain(lease);
  }
}
