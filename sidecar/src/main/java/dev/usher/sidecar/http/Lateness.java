package dev.usher.sidecar.http;

import dev.usher.sidecar.director.spec.Timeouts;
import dev.usher.sidecar.protocol.BodyPump;
import org.jspecify.annotations.Nullable;

/** Whose turn it is in an attempt, and whether that one has let it pass. [io] */
final class Lateness {
  private final Timeouts timeouts;

  /** Since when the backend has the request, without its body while there is an upload. */
  private long sentNanos;

  /** Whether some of the response's head has come since, and when the last of it. */
  private boolean heard;

  private long heardNanos;

  Lateness(Timeouts timeouts) {
    this.timeouts = timeouts;
  }

  /** The backend has the request's head, or its body too. */
  void onSent(long nowNanos) {
    sentNanos = nowNanos;
    heard = false;
  }

  long sinceSent(long nowNanos) {
    return nowNanos - sentNanos;
  }

  /** Bytes of the response's head have come; interim responses count. */
  void onHeard(long nowNanos) {
    heard = true;
    heardNanos = nowNanos;
  }

  /**
   * Who is late; null if nobody is. Only after {@link #onSent}.
   *
   * @param upload null when the backend has the whole request
   * @param download null before the response
   */
  @Nullable Refusal late(long nowNanos, @Nullable Upload upload, @Nullable BodyPump download) {
    if (download == null) {
      return upload == null ? lateWithHead(nowNanos) : upload.late(nowNanos, timeouts);
    }
    long clientNanos = timeouts.client().toNanos();
    if (download.waitsForSink()) {
      return clientIf(download.isSinkStuck(nowNanos, clientNanos));
    }
    long idleNanos = nowNanos - download.lastProgressNanos();
    if (upload != null && upload.waitsForClient()) {
      return clientIf(Math.min(idleNanos, upload.idleNanos(nowNanos)) >= clientNanos);
    }
    return backendIf(idleNanos >= timeouts.read().toNanos());
  }

  private @Nullable Refusal lateWithHead(long nowNanos) {
    return heard
        ? backendIf(nowNanos - heardNanos >= timeouts.read().toNanos())
        : backendIf(nowNanos - sentNanos >= timeouts.untilFirstByte().toNanos());
  }

  private static @Nullable Refusal backendIf(boolean late) {
    return late ? Refusal.BACKEND_TIMEOUT : null;
  }

  private static @Nullable Refusal clientIf(boolean late) {
    return late ? Refusal.CLIENT_TIMEOUT : null;
  }
}
