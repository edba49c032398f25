package dev.usher.sidecar.director.admission;

import dev.usher.sidecar.backend.Target;
import dev.usher.sidecar.director.spec.DirectorSpec;

/** A backend and tokens, held by one attempt of a request. [any] */
public interface Lease {
  /** The director's name. */
  String director();

  /** The bucket whose tokens are held; {@code root} for untagged and pinned requests. */
  String bucket();

  /** The backend's name. */
  String backend();

  Target target();

  /** The director's settings when the lease was granted. */
  DirectorSpec.Settings settings();

  /**
   * The backend has answered, as far as the head of its response; before {@link #close}, by the
   * thread that closes.
   *
   * @param nanos since it had the request
   */
  void answeredAfter(long nanos);

  /**
   * Gives tokens and backend load back and tells the backend's health how it went. The first call
   * of {@code close} and {@link #retry} counts, all others do nothing. Never blocks.
   */
  void close(Outcome outcome);

  /**
   * Closes the lease and asks again for the same request, which keeps its age in the queue. The
   * requester hears of it through {@link Requester#onAdmission} (refused with {@link
   * Reason#RETRIES_EXHAUSTED} when it has used up max-retry-count or was pinned).
   */
  void retry(Outcome outcome);
}
