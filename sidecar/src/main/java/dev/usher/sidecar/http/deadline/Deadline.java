package dev.usher.sidecar.http.deadline;

import dev.usher.sidecar.director.admission.Ask;
import dev.usher.sidecar.director.spec.Timeouts;
import io.undertow.util.HeaderMap;
import java.util.function.LongSupplier;

/**
 * When a request must be over: whichever comes first of the director's request-timeout and what the
 * request's fields say, all of them counted from its arrival here, since clocks of machines differ.
 *
 * @param nanos on the monotonic clock; {@link Ask#NO_DEADLINE} for never
 */
public record Deadline(long nanos) {
  private static final Deadline NONE = new Deadline(Ask.NO_DEADLINE);

  /**
   * Of a request that arrives now.
   *
   * @param fields of the request, {@link DeadlineFields#areClear clear} ones
   * @param clock monotonic nanoseconds; asked only if there is a deadline
   */
  public static Deadline of(HeaderMap fields, Timeouts timeouts, LongSupplier clock) {
    long leftNanos = DeadlineFields.leftNanos(fields);
    if (timeouts.limitsRequests()) {
      leftNanos = Math.min(leftNanos, timeouts.request().toNanos());
    }
    return leftNanos == DeadlineFields.FOREVER ? NONE : new Deadline(clock.getAsLong() + leftNanos);
  }

  public boolean exists() {
    return nanos != Ask.NO_DEADLINE;
  }

  public boolean hasCome(long nowNanos) {
    return exists() && nowNanos - nanos >= 0;
  }

  /**
   * Puts what is left into those fields of a request for a backend that say it, so that nobody
   * behind waits longer. Only while there is some.
   */
  public void tell(HeaderMap fields, long nowNanos) {
    DeadlineFields.shorten(fields, nanos - nowNanos);
  }
}
