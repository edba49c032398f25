package dev.usher.sidecar.admin.web;

import dev.usher.sidecar.config.ListenAddress;
import dev.usher.unit.InvalidValue;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/** Who may call: the machine itself, or whoever has the token. */
public final class Access {
  private static final String FIELD = "admin";

  private final String address;
  private final byte @Nullable [] token;

  private Access(String address, byte @Nullable [] token) {
    this.address = address;
    this.token = token;
  }

  /** Serves loopback peers, without a token. */
  public static Access loopbackOnly(ListenAddress admin) {
    return new Access(admin.address(), null);
  }

  /** Serves every peer that brings {@code token}. */
  public static Access withToken(ListenAddress admin, String token) {
    if (!token.matches("[\\x21-\\x7e]+")) {
      throw InvalidValue.of(FIELD, "a token of visible ASCII characters", "another one");
    }
    return new Access(admin.address(), token.getBytes(StandardCharsets.US_ASCII));
  }

  /**
   * Reads the token file, whose white space at both ends does not count; once: a changed file is
   * seen by the next start. May ask a name server for the address.
   *
   * @throws InvalidValue without a token file when the address is not loopback, or when the file
   *     holds no token
   * @throws IOException when file or address cannot be read
   */
  public static Access of(ListenAddress admin, @Nullable Path tokenFile) throws IOException {
    if (tokenFile != null) {
      return withToken(admin, Files.readString(tokenFile).strip());
    }
    if (!InetAddress.getByName(admin.address()).isLoopbackAddress()) {
      throw InvalidValue.impossible(FIELD, "a loopback address or a token file", admin.address());
    }
    return loopbackOnly(admin);
  }

  boolean needsToken() {
    return token != null;
  }

  /** Takes the same time whatever the first wrong character is. */
  boolean isToken(String presented) {
    return token != null
        && MessageDigest.isEqual(token, presented.getBytes(StandardCharsets.UTF_8));
  }

  /** The configured host, as it may stand in a Host field. */
  String address() {
    return address;
  }
}
