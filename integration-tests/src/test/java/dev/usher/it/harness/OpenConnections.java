package dev.usher.it.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What the kernel knows of a backend's connections (proc(5), /proc/net/tcp). A thread that reads
 * from a connection learns of its end only when it gets to run; here the end shows as soon as the
 * other side has closed.
 */
public final class OpenConnections {
  private static final List<Path> TABLES =
      List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));
  private static final String ESTABLISHED = "01";

  private OpenConnections() {}

  /** How many of {@code arrivals}, all at {@code port}, neither side has closed. */
  public static int count(int port, Arrival[] arrivals) {
    Set<Integer> open = peersOf(port);
    int count = 0;
    for (Arrival arrival : arrivals) {
      count += open.contains(arrival.connection()) ? 1 : 0;
    }
    return count;
  }

  private static Set<Integer> peersOf(int port) {
    Set<Integer> peers = new HashSet<>();
    try {
      for (Path table : TABLES) {
        for (String line : Files.readAllLines(table)) {
          // sl local_address rem_address st ...
          String[] words = line.trim().split("\\s+", -1);
          if (words[3].equals(ESTABLISHED) && portOf(words[1]) == port) {
            peers.add(portOf(words[2]));
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return peers;
  }

  private static int portOf(String address) {
    return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1), 16);
  }
}
