package dev.usher.sidecar.protocol.probe;

import dev.usher.sidecar.backend.check.HealthCheckSpec;
import dev.usher.sidecar.health.Probe;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Judges the answer to an HTTP probe as it comes in, in whatever pieces; does no I/O and keeps no
 * more of it than a line. One object for one answer.
 */
final class AnswerReader {
  /**
   * Most bytes of an answer: enough for {@link AnswerBody#MOST_BYTES} in chunks of one byte, but
   * chunks may be written longer than any need.
   */
  static final int MOST_BYTES = 512 * 1024;

  private static final String HEAD_METHOD = "HEAD";
  private static final int SWITCHING_PROTOCOLS = 101;
  private static final int NO_CONTENT = 204;
  private static final int NOT_MODIFIED = 304;

  private final HealthCheckSpec how;
  private final AnswerHead head = new AnswerHead();

  /** Null before the final head has ended. */
  private @Nullable AnswerBody body;

  private long takenBytes;

  AnswerReader(HealthCheckSpec how) {
    this.how = how;
  }

  /**
   * Takes what has come.
   *
   * @return the verdict; null when it takes more to judge. Nothing may be read after a verdict.
   */
  Probe.@Nullable Result read(ByteBuffer bytes) {
    int before = bytes.remaining();
    try {
      Probe.Result verdict = body == null ? readHead(bytes) : readBody(body, bytes);
      takenBytes += before - bytes.remaining();
      return verdict == null && takenBytes > MOST_BYTES
          ? bad("its answer is longer than %d KiB".formatted(MOST_BYTES / 1024))
          : verdict;
    } catch (ProtocolException e) {
      return bad("no HTTP: " + e.getMessage());
    }
  }

  private Probe.@Nullable Result readHead(ByteBuffer bytes) throws ProtocolException {
    head.read(bytes);
    if (!head.isDone()) {
      return null;
    }
    if (!how.expect().contains(head.status())) {
      return bad("status %d, want %s".formatted(head.status(), wantedStatus()));
    }
    String match = how.match();
    if (match == null) {
      return new Probe.Result(true, "status " + head.status());
    }
    if (!hasBody()) {
      return bad("status %d without a body, want %s".formatted(head.status(), quoted(match)));
    }
    AnswerBody begun = new AnswerBody(head.framing(), new TextSearch(match));
    body = begun;
    return readBody(begun, bytes);
  }

  private Probe.@Nullable Result readBody(AnswerBody begun, ByteBuffer bytes)
      throws ProtocolException {
    begun.read(bytes);
    return switch (begun.state()) {
      case SEARCHING -> null;
      case FOUND -> new Probe.Result(true, "status %d and %s".formatted(head.status(), text()));
      case ENDED -> bad("the body has no " + text());
      case TOO_LONG ->
          bad(
              "no %s in the first %d KiB of the body"
                  .formatted(text(), AnswerBody.MOST_BYTES / 1024));
    };
  }

  /** RFC 9112 section 6.3: whatever the fields say. */
  private boolean hasBody() {
    return !how.method().equals(HEAD_METHOD)
        && head.status() != NO_CONTENT
        && head.status() != NOT_MODIFIED
        && head.status() != SWITCHING_PROTOCOLS;
  }

  /** The peer has ended the connection before there was a verdict. */
  Probe.Result onEnd() {
    if (body != null && body.endsWithTheConnection()) {
      return bad("the body has no " + text());
    }
    return bad(takenBytes == 0 ? "closed before its answer" : "closed amid its answer");
  }

  /**
   * The deadline has come before there was a verdict.
   *
   * @param within the timeout, for people
   */
  Probe.Result onLate(String within) {
    return bad(
        body == null ? "no answer " + within : "no %s in the body %s".formatted(text(), within));
  }

  private String wantedStatus() {
    return how.expect().stream().map(String::valueOf).collect(Collectors.joining(", "));
  }

  private String text() {
    return quoted(String.valueOf(how.match()));
  }

  /** For one line of a log. */
  private static String quoted(String text) {
    int most = 40;
    String shown =
        text.codePointCount(0, text.length()) > most
            ? text.substring(0, text.offsetByCodePoints(0, most)) + "..."
            : text;
    return "'" + shown.replaceAll("\\p{Cntrl}", "?") + "'";
  }

  private static Probe.Result bad(String cause) {
    return new Probe.Result(false, cause);
  }
}
