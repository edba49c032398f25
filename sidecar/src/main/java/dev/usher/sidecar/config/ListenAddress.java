package dev.usher.sidecar.config;

import dev.usher.unit.IntRange;

/**
 * Where to listen.
 *
 * @param address an IP address or host name
 * @param port 0 to 65 535; 0 picks a free one
 */
public record ListenAddress(String address, int port) {
  public static final IntRange PORT = new IntRange(0, 65_535);

  public ListenAddress {
    PORT.check("port", port);
  }
}
