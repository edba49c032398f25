package dev.usher.sidecar.config;

import dev.usher.unit.InvalidValue;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * The bearer token of the admin API; no message shows it.
 *
 * @param text as it stands in the Authorization field
 */
public record AdminToken(String text) {
  static final String WANTED = "a token of visible ASCII characters";
  static final String WANTED_FILE = "a readable file that holds the token";

  private static final int MAX_BYTES = 4_096;

  public AdminToken {
    if (!text.matches("[\\x21-\\x7e]+")) {
      throw InvalidValue.of("admin", WANTED, "another one");
    }
  }

  /**
   * Reads a file, at both ends of which white space does not count. Blocks.
   *
   * @throws InvalidValue naming {@code field} and the file
   */
  public static AdminToken ofFile(String field, String file) {
    try (InputStream in = Files.newInputStream(Path.of(file))) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw InvalidValue.of(field, "a token of at most 4KiB", file);
      }
      // Whatever is not ASCII stays that way, one character for each byte.
      String token = new String(bytes, StandardCharsets.ISO_8859_1).strip();
      if (token.isEmpty()) {
        throw InvalidValue.of(field, "a file that is not empty", file);
      }
      return of(field, file, token);
    } catch (IOException | InvalidPathException e) {
      throw (InvalidValue) InvalidValue.of(field, WANTED_FILE, file).initCause(e);
    }
  }

  private static AdminToken of(String field, String file, String token) {
    try {
      return new AdminToken(token);
    } catch (InvalidValue e) {
      String wanted = "a file that holds " + WANTED;
      throw (InvalidValue) InvalidValue.of(field, wanted, file).initCause(e);
    }
  }

  @Override
  public String toString() {
    return "AdminToken";
  }
}
