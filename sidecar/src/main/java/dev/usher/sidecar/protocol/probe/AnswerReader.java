package dev.usher.sidecar.protocol.probe;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.usher.sidecar.backend.check.HealthCheckSpec;
import dev.usher.sidecar.health.Probe.Result;
import dev.usher.sidecar.protocol.ChunkSyntax;
import java.io.ByteArrayOutputStream;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Judges the answer to a probe while it comes in, whatever pieces it comes in. Holds a line of a
 * head at most. For one answer and one thread; does no I/O.
 */
final class AnswerReader {
  /** Longest of all heads together, interim ones (RFC 9110 section 15.2) included. */
  static final int MAX_HEAD_BYTES = 64 * 1024;

  /** So much of a body is searched. */
  static final int MAX_BODY_BYTES = 64 * 1024;

  /** Longest of a chunked body with its framing: chunks of one byte have six of it. */
  static final int MAX_RAW_BYTES = 8 * MAX_BODY_BYTES;

  private static final Pattern STATUS_LINE =
      Pattern.compile("HTTP/1\\.[0-9] ([1-5][0-9]{2})( [^\r]*)?");
  private static final Pattern LENGTH = Pattern.compile("[0-9]{1,18}");
  private static final long UNTIL_CLOSED = Long.MAX_VALUE;
  private static final int SWITCHING_PROTOCOLS = 101;
  private static final int PIECE_BYTES = 4 * 1024;

  private final HealthCheckSpec how;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private @Nullable TextSearch search;
  private int headBytes;

  /** 0 before a status line. */
  private int status;

  private long bodyBytes = UNTIL_CLOSED;
  private @Nullable ChunkSyntax chunks;
  private boolean inBody;
  private long searchedBytes;
  private long rawBytes;

  AnswerReader(HealthCheckSpec how) {
    this.how = how;
    this.search = how.match() == null ? null : new TextSearch(how.match());
  }

  /** Takes what has come; null while that does not tell. */
  @Nullable Result take(ByteBuffer bytes) {
    while (!inBody && bytes.hasRemaining()) {
      Result result = head(bytes.get());
      if (result != null) {
        return result;
      }
    }
    return inBody ? body(bytes) : null;
  }

  /** Nothing more will come. */
  Result end() {
    if (inBody) {
      return bodyBytes == UNTIL_CLOSED && chunks == null ? notFound() : bad("its body broke off");
    }
    return bad(headBytes == 0 ? "closed before its answer" : "its answer broke off in its head");
  }

  private @Nullable Result head(byte b) {
    if (++headBytes > MAX_HEAD_BYTES) {
      return bad("the head of its answer is longer than 64KiB");
    }
    if (b != '\n') {
      line.write(b);
      return null;
    }
    String text = line.toString(ISO_8859_1);
    line.reset();
    return headLine(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text);
  }

  private @Nullable Result headLine(String text) {
    if (status == 0) {
      Matcher matcher = STATUS_LINE.matcher(text);
      if (!matcher.matches()) {
        return bad("its answer is not HTTP/1.x");
      }
      status = Integer.parseInt(matcher.group(1));
      return status == SWITCHING_PROTOCOLS
          ? bad("it switches protocols without being asked")
          : null;
    }
    if (!text.isEmpty()) {
      return field(text);
    }
    if (status < 200) {
      forgetInterim();
      return null;
    }
    return headEnd();
  }

  private void forgetInterim() {
    status = 0;
    chunks = null;
    bodyBytes = UNTIL_CLOSED;
  }

  /** The last one counts; whoever contradicts himself is found out by the length. */
  private @Nullable Result field(String text) {
    int colon = text.indexOf(':');
    String name = text.substring(0, Math.max(0, colon)).toLowerCase(Locale.ROOT);
    String value = text.substring(colon + 1).strip();
    if (name.equals("transfer-encoding")) {
      if (!value.equalsIgnoreCase("chunked")) {
        return search == null ? null : bad("its Transfer-Encoding is not chunked alone");
      }
      chunks = new ChunkSyntax();
    } else if (name.equals("content-length")) {
      if (!LENGTH.matcher(value).matches()) {
        return search == null ? null : bad("its Content-Length is no number");
      }
      bodyBytes = Long.parseLong(value);
    }
    return null;
  }

  private @Nullable Result headEnd() {
    if (!how.expect().contains(status)) {
      String wanted =
          how.expect().stream().distinct().map(String::valueOf).collect(Collectors.joining(", "));
      return bad("status " + status + ", want " + wanted);
    }
    if (search == null) {
      return new Result(true, "status " + status);
    }
    // Nobody wants a text of HEAD: its specification says so.
    boolean hasBody = status != 204 && status != 304;
    if (!hasBody || (chunks == null && bodyBytes == 0)) {
      return notFound();
    }
    inBody = true;
    return null;
  }

  private @Nullable Result body(ByteBuffer bytes) {
    try {
      return chunks == null ? plain(bytes) : chunked(bytes, chunks);
    } catch (ProtocolException e) {
      return bad("its body is broken: " + e.getMessage());
    }
  }

  private @Nullable Result plain(ByteBuffer bytes) {
    int count = (int) Math.min(bodyBytes, bytes.remaining());
    Result result = searchIn(bytes.slice(bytes.position(), count));
    bytes.position(bytes.position() + count);
    bodyBytes = bodyBytes == UNTIL_CLOSED ? bodyBytes : bodyBytes - count;
    return result == null && bodyBytes == 0 ? notFound() : result;
  }

  private @Nullable Result chunked(ByteBuffer bytes, ChunkSyntax syntax) throws ProtocolException {
    ByteBuffer piece = ByteBuffer.allocate(PIECE_BYTES);
    while (bytes.hasRemaining() && !syntax.isDone()) {
      int before = bytes.position();
      syntax.decode(bytes, piece.clear());
      rawBytes += bytes.position() - before;
      Result result = searchIn(piece.flip());
      if (result != null) {
        return result;
      }
      if (rawBytes > MAX_RAW_BYTES) {
        return bad("its body is more framing than text");
      }
    }
    return syntax.isDone() ? notFound() : null;
  }

  private @Nullable Result searchIn(ByteBuffer data) {
    TextSearch wanted = search;
    while (wanted != null && data.hasRemaining()) {
      if (searchedBytes++ >= MAX_BODY_BYTES) {
        return bad("no '%s' in the first 64KiB of its body".formatted(how.match()));
      }
      if (wanted.found(data.get())) {
        return new Result(true, "status %d, and its body has the text".formatted(status));
      }
    }
    return null;
  }

  private Result notFound() {
    return bad("its body has no '%s'".formatted(how.match()));
  }

  private static Result bad(String cause) {
    return new Result(false, cause);
  }
}
