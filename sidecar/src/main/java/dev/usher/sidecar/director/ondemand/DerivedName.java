package dev.usher.sidecar.director.ondemand;

import dev.usher.bucket.BucketName;
import dev.usher.sidecar.director.endpoint.Endpoint;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What a director is called that a request made: {@code shop.example-80}. A host that can be no
 * name (an IPv6 address, a tilde) or is too long for one is cut to fit and followed by a hash, as
 * in {@code 2001-db8--1-80-0f3a9c55d1e2}. No port has as many digits as the hash, so the two kinds
 * never meet.
 */
public final class DerivedName {
  private static final int LONGEST = 64;
  private static final int HASH_BYTES = 6;
  private static final int LONGEST_CUT = LONGEST - "-65535-".length() - 2 * HASH_BYTES;

  private DerivedName() {}

  /**
   * The name.
   *
   * @param attempt 0 first; each further one is another name, for when the ones before are taken
   */
  public static String of(Endpoint endpoint, int attempt) {
    String plain = endpoint.host() + "-" + endpoint.port();
    if (attempt == 0 && BucketName.isValid(plain)) {
      return plain;
    }
    String fit = endpoint.host().replace(':', '-').replace('~', '-');
    String cut = fit.substring(0, Math.min(fit.length(), LONGEST_CUT));
    return cut + "-" + endpoint.port() + "-" + hash(endpoint + " " + attempt);
  }

  private static String hash(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] bytes = digest.digest(text.getBytes(StandardCharsets.US_ASCII));
      return HexFormat.of().formatHex(bytes, 0, HASH_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
