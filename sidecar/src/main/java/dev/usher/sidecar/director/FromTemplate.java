package dev.usher.sidecar.director;

import java.time.Duration;

/** What became of a request for a host and port that nobody answered for. */
public sealed interface FromTemplate {
  /** A director answers for them: it was made just now, or by somebody else meanwhile. */
  record Made(Director director) implements FromTemplate {}

  /**
   * Nobody does: there is no template, no URL of a backend comes out of it for this host, or
   * somebody is creating a director for them through the API at this moment.
   */
  record Nobody() implements FromTemplate {}

  /**
   * As many directors as there may be were made from the template and are in use.
   *
   * @param retryAfter the template's
   */
  record LimitReached(Duration retryAfter) implements FromTemplate {}
}
