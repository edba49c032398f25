package dev.usher.sidecar.director.spec;

import dev.usher.unit.IntRange;
import dev.usher.unit.InvalidValue;
import dev.usher.unit.Share;
import dev.usher.unit.Sizes;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * Which requests get another backend, and how many of a bucket's.
 *
 * @param on after what, in the order of the constants
 * @param budget most retries of ten seconds, of the bucket's requests in them
 * @param budgetMin as many retries a second are let in in any case
 * @param bufferBytes longest part of a request's body that is kept to be sent once more, 0 to 16
 *     MiB
 * @param nonIdempotent whether requests are repeated too that may have an effect each time
 */
public record RetrySpec(
    Set<RetryCause> on,
    Share.Percent budget,
    int budgetMin,
    long bufferBytes,
    boolean nonIdempotent) {
  public static final IntRange BUDGET_MIN = new IntRange(0, 1_000_000);
  private static final long MAX_BUFFER_BYTES = 16L << 20;

  public static final RetrySpec DEFAULT =
      new RetrySpec(
          EnumSet.of(RetryCause.CONNECT, RetryCause.RESET),
          new Share.Percent(20_000_000),
          3,
          64 << 10,
          false);

  public RetrySpec {
    EnumSet<RetryCause> causes = EnumSet.noneOf(RetryCause.class);
    causes.addAll(on);
    on = Collections.unmodifiableSet(causes);
    BUDGET_MIN.check("retry-budget-min", budgetMin);
    if (bufferBytes < 0 || bufferBytes > MAX_BUFFER_BYTES) {
      throw InvalidValue.of(
          "retry-buffer",
          "a size from 0B to " + Sizes.text(MAX_BUFFER_BYTES),
          Sizes.text(bufferBytes));
    }
  }

  /** Whether a response of this status is a failure to retry after. */
  public boolean isOnStatus(int status) {
    // Most statuses are none of them; no iterator for these.
    return status >= 502 && status <= 504 && on.stream().anyMatch(cause -> cause.isStatus(status));
  }
}
