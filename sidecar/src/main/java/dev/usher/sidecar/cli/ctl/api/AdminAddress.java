package dev.usher.sidecar.cli.ctl.api;

import dev.usher.sidecar.config.ListenAddress;
import dev.usher.unit.InvalidValue;
import java.net.URI;

/**
 * Where an admin API listens.
 *
 * @param text {@code ADDR:PORT}, an IPv6 address in brackets
 */
public record AdminAddress(String text) {

  /**
   * Reads {@code ADDR:PORT}; asks no name server.
   *
   * @throws InvalidValue naming {@code --admin} if {@code text} is anything else
   */
  public static AdminAddress parse(String text) {
    ListenAddress address = ListenAddress.parse("--admin", text);
    if (address.port() == 0) {
      throw InvalidValue.of("--admin", "a port from 1 to 65535", text);
    }
    AdminAddress read = new AdminAddress(address.toString());
    if (read.at("/").getHost() == null) {
      throw InvalidValue.of("--admin", "a host name without '_'", text);
    }
    return read;
  }

  /** The URL of a path there. */
  URI at(String path) {
    return URI.create("http://" + text + path);
  }

  @Override
  public String toString() {
    return text;
  }
}
