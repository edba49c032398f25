package dev.usher.it.harness;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads HTTP/1.1 messages byte for byte; trusts nobody to be right. One thread. */
final class HttpInput {
  private static final int CHUNK = 16 * 1024;

  private final InputStream in;

  HttpInput(InputStream in) {
    this.in = in;
  }

  /** The next head, or null when the connection ended before its first byte. */
  @Nullable Head readHead() throws IOException {
    List<String> lines = new ArrayList<>();
    while (true) {
      String line = readLine();
      if (line == null) {
        if (lines.isEmpty()) {
          return null;
        }
        throw new EOFException("the connection ended within a head: " + lines);
      }
      if (line.isEmpty() && !lines.isEmpty()) {
        return Head.parse(lines);
      }
      lines.add(line);
    }
  }

  void copyFixed(long length, OutputStream to) throws IOException {
    byte[] buffer = new byte[CHUNK];
    long left = length;
    while (left > 0) {
      int n = in.read(buffer, 0, (int) Math.min(buffer.length, left));
      if (n < 0) {
        throw new EOFException(left + " of " + length + " bytes are missing");
      }
      to.write(buffer, 0, n);
      left -= n;
    }
  }

  /** Copies a chunked body and reads over its trailer section. */
  void copyChunked(OutputStream to) throws IOException {
    while (true) {
      String line = readLine();
      if (line == null) {
        throw new EOFException("the last chunk is missing");
      }
      long size = Long.parseLong(line.split(";", 2)[0].strip(), 16);
      if (size == 0) {
        break;
      }
      copyFixed(size, to);
      readLine();
    }
    String trailer = readLine();
    while (trailer != null && !trailer.isEmpty()) {
      trailer = readLine();
    }
  }

  private void copyToEnd(OutputStream to) throws IOException {
    in.transferTo(to);
  }

  /** Copies until the connection ends, in good order or not. */
  void copyUntilBroken(OutputStream to) throws IOException {
    try {
      copyToEnd(to);
    } catch (SocketException reset) {
      to.flush();
    }
  }

  /** Copies a response's body as its head frames it; returns whether all of it came. */
  boolean copyBody(Head head, OutputStream to, boolean none) throws IOException {
    try {
      if (none) {
        return true;
      } else if (head.get("Transfer-Encoding").equalsIgnoreCase("chunked")) {
        copyChunked(to);
      } else if (head.has("Content-Length")) {
        copyFixed(Long.parseLong(head.get("Content-Length")), to);
      } else {
        copyToEnd(to);
      }
      return true;
    } catch (EOFException | SocketException brokenOff) {
      return false;
    }
  }

  private @Nullable String readLine() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int b = in.read();
    if (b < 0) {
      return null;
    }
    while (b != '\n') {
      if (b < 0) {
        throw new EOFException("the connection ended within a line: " + line);
      }
      if (b != '\r') {
        line.write(b);
      }
      b = in.read();
    }
    return line.toString(ISO_8859_1);
  }
}
