package dev.usher.sidecar.stats;

/**
 * Requests whose attempt had failed and that wanted another one, read at one moment.
 *
 * @param made let in; each further attempt of a request is one
 * @param refused answered instead, since the bucket's retry budget was spent
 */
public record Retries(long made, long refused) {
  public static final Retries NONE = new Retries(0, 0);
}
