package dev.usher.sidecar.config;

import dev.usher.sidecar.config.document.Fault;
import dev.usher.sidecar.config.document.Place;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Decodes UTF-8 and refuses everything else; a byte order mark at the start is dropped. */
final class Utf8 {
  private Utf8() {}

  static String decode(@Nullable String file, byte[] bytes) throws InvalidConfiguration {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    CoderResult result = decoder.decode(in, out, true);
    out.flip();
    if (result.isError()) {
      int line = 1 + (int) out.chars().filter(c -> c == '\n').count();
      String got = "the byte 0x%02x".formatted(bytes[in.position()] & 0xff);
      throw InvalidConfiguration.of(file, Fault.of(new Place(line, 0), "", "text in UTF-8", got));
    }
    String text = out.toString();
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }
}
