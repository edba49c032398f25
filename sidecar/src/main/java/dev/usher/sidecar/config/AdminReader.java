package dev.usher.sidecar.config;

import dev.usher.sidecar.config.document.Fields;
import dev.usher.unit.InvalidValue;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reads {@code admin}. A relative token file is looked for from the working directory. */
final class AdminReader {
  private static final ListenAddress DEFAULT = new ListenAddress("127.0.0.1", 7071);
  private static final String WANTED = "a readable file that holds the token";
  private static final int MAX_BYTES = 4_096;
  private static final AdminToken SPARE = new AdminToken("spare");

  private AdminReader() {}

  record Admin(ListenAddress address, @Nullable AdminToken token) {}

  static Admin read(Fields top, ListenerReader listeners) {
    Fields fields = top.section("admin");
    ListenAddress address = listeners.address(fields, DEFAULT);
    AdminToken token = fields.parsed("token-file", WANTED, SPARE, AdminReader::token);
    if (!address.isLoopback() && !fields.has("token-file")) {
      String wanted = "a loopback address, or a token-file beside it";
      String got = "'" + address.address() + "'";
      fields.refuseHere("address", wanted, got);
    }
    fields.end();
    return new Admin(address, fields.has("token-file") ? token : null);
  }

  /** White space at both ends of the file does not count. */
  private static AdminToken token(String field, String text) {
    try (InputStream in = Files.newInputStream(Path.of(text))) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw InvalidValue.of(field, "a token of at most 4KiB", text);
      }
      // Whatever is not ASCII stays that way, one character for each byte.
      String token = new String(bytes, StandardCharsets.ISO_8859_1).strip();
      if (token.isEmpty()) {
        throw InvalidValue.of(field, "a file that is not empty", text);
      }
      return read(field, text, token);
    } catch (IOException | InvalidPathException e) {
      throw (InvalidValue) InvalidValue.of(field, WANTED, text).initCause(e);
    }
  }

  private static AdminToken read(String field, String file, String token) {
    try {
      return new AdminToken(token);
    } catch (InvalidValue e) {
      String wanted = "a file that holds " + AdminToken.WANTED;
      throw (InvalidValue) InvalidValue.of(field, wanted, file).initCause(e);
    }
  }
}
