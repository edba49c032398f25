package dev.usher.sidecar.backend;

import java.util.regex.Pattern;

/**
 * IPv4 addresses as they are written: four decimal numbers. Stricter than the JDK, which takes
 * {@code 10} for 0.0.0.10 and asks a name server for {@code 300.1.1.1}.
 */
public final class Ipv4 {
  private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
  private static final Pattern SYNTAX = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");

  private Ipv4() {}

  /** Whether {@code text} is an address. */
  public static boolean is(String text) {
    return SYNTAX.matcher(text).matches();
  }

  /** Whether {@code text} is digits and dots only: an address, or nothing at all. */
  public static boolean isMeant(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < '0' || c > '9') && c != '.') {
        return false;
      }
    }
    return !text.isEmpty();
  }
}
