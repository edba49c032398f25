package dev.usher.sidecar.admin.web;

import dev.usher.sidecar.config.AdminToken;
import dev.usher.sidecar.config.ListenAddress;
import dev.usher.unit.InvalidValue;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
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
  public static Access withToken(ListenAddress admin, AdminToken token) {
    return new Access(admin.address(), token.text().getBytes(StandardCharsets.US_ASCII));
  }

  /**
   * With the token, or without one for loopback alone. May ask a name server for the address.
   *
   * @throws InvalidValue without a token when the address is not loopback
   * @throws IOException when the address cannot be found
   */
  public static Access of(ListenAddress admin, @Nullable AdminToken token) throws IOException {
    if (token != null) {
      return withToken(admin, token);
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
