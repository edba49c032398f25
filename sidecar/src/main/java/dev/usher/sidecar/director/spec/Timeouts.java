package dev.usher.sidecar.director.spec;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long each part of a request's way may take.
 *
 * @param queue how long a request may wait, over all its waits; zero means not at all
 * @param connect to a backend, the look-up of its name included
 * @param write between two writes to a backend
 * @param firstByte from the moment a backend has the whole request to the first byte of its
 *     response; null is as {@code read}
 * @param read between two reads from a backend
 * @param request from a request's arrival until its response has been read; zero means any time
 * @param client how long a client may neither take nor send a byte while its request is served
 */
public record Timeouts(
    Duration queue,
    Duration connect,
    Duration write,
    @Nullable Duration firstByte,
    Duration read,
    Duration request,
    Duration client) {
  public static final Timeouts DEFAULT =
      new Timeouts(
          Duration.ofSeconds(30),
          Duration.ofSeconds(4),
          Duration.ofSeconds(10),
          null,
          Duration.ofSeconds(30),
          Duration.ZERO,
          Duration.ofSeconds(60));

  public Timeouts {
    SpecRules.checkPositive("connect-timeout", connect);
    SpecRules.checkPositive("write-timeout", write);
    if (firstByte != null) {
      SpecRules.checkPositive("first-byte-timeout", firstByte);
    }
    SpecRules.checkPositive("read-timeout", read);
    SpecRules.checkPositive("client-timeout", client);
  }

  /** How long a backend may think. */
  public Duration untilFirstByte() {
    return firstByte == null ? read : firstByte;
  }

  /** Whether a request must be over at some time after its arrival. */
  public boolean limitsRequests() {
    return !request.isZero();
  }
}
