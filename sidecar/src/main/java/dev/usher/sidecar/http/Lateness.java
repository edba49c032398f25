package dev.usher.sidecar.http;

import dev.usher.sidecar.director.spec.DirectorSpec.Settings;
import dev.usher.sidecar.protocol.BodyPump;
import org.jspecify.annotations.Nullable;

/** Whose turn it is in an attempt, and whether that one has let it pass. */
final class Lateness {
  private Lateness() {}

  /**
   * Who is late; null if nobody is.
   *
   * @param sentNanos since when the backend has the request, without its body if there is one
   * @param upload null when the backend has the whole request
   * @param download null before the response
   */
  static @Nullable Refusal of(
      long nowNanos,
      long sentNanos,
      Settings settings,
      @Nullable Upload upload,
      @Nullable BodyPump download) {
    long readNanos = settings.timeouts().read().toNanos();
    long clientNanos = settings.timeouts().client().toNanos();
    if (download == null) {
      return upload == null
          ? backendIf(nowNanos - sentNanos >= readNanos)
          : upload.late(nowNanos, settings);
    }
    if (download.waitsForSink()) {
      return clientIf(download.isSinkStuck(nowNanos, clientNanos));
    }
    long idleNanos = nowNanos - download.lastProgressNanos();
    if (upload != null && upload.waitsForClient()) {
      return clientIf(Math.min(idleNanos, upload.idleNanos(nowNanos)) >= clientNanos);
    }
    return backendIf(idleNanos >= readNanos);
  }

  private static @Nullable Refusal backendIf(boolean late) {
    return late ? Refusal.BACKEND_TIMEOUT : null;
  }

  private static @Nullable Refusal clientIf(boolean late) {
    return late ? Refusal.CLIENT_TIMEOUT : null;
  }
}
