package dev.usher.sidecar.cli.ctl.api;

import dev.usher.unit.InvalidValue;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The file that holds the bearer token of an admin API, the same as the sidecar reads. */
public final class TokenFile {
  private static final String WANTED =
      "a readable file that holds a token of visible ASCII characters, at most 4KiB";
  private static final int MAX_BYTES = 4_096;

  private TokenFile() {}

  /**
   * Reads the token; white space at both ends does not count. Blocks.
   *
   * @throws InvalidValue naming {@code --token-file}, never telling what the file holds
   */
  public static String read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      String token = new String(bytes, StandardCharsets.UTF_8).strip();
      if (bytes.length > MAX_BYTES || !token.matches("[\\x21-\\x7e]+")) {
        throw InvalidValue.of("--token-file", WANTED, file);
      }
      return token;
    } catch (IOException e) {
      throw (InvalidValue) InvalidValue.of("--token-file", WANTED, file).initCause(e);
    }
  }
}
