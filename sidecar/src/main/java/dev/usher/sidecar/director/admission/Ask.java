package dev.usher.sidecar.director.admission;

import org.jspecify.annotations.Nullable;

/**
 * What a request asks of a director.
 *
 * @param bucket the bucket's name; null is the root; a name that the director does not have counts
 *     as unknown and is the root too
 * @param pinnedBackend the backend to go to, past the shaper and never queued; null is any
 * @param deadlineNanos when the request is of no use any more, on the director's clock; from then
 *     on it is refused with {@link Reason#DEADLINE}; {@link #NO_DEADLINE} for never
 * @param requester told once what became of it
 */
public record Ask(
    @Nullable String bucket,
    @Nullable String pinnedBackend,
    long deadlineNanos,
    Requester requester) {
  /** No moment; not to be compared with one. */
  public static final long NO_DEADLINE = Long.MAX_VALUE;

  /** Without a deadline. */
  public Ask(@Nullable String bucket, @Nullable String pinnedBackend, Requester requester) {
    this(bucket, pinnedBackend, NO_DEADLINE, requester);
  }

  public boolean hasDeadline() {
    return deadlineNanos != NO_DEADLINE;
  }

  /** Whether the deadline has come. */
  public boolean isOver(long nowNanos) {
    return hasDeadline() && nowNanos - deadlineNanos >= 0;
  }
}
