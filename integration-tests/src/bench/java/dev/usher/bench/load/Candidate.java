package dev.usher.bench.load;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A way from wrk to the origins. All proxies keep connections to four backends alive, work with one
 * thread, go round the backends in turn, add X-Forwarded-For and log nothing.
 */
interface Candidate {
  /** No proxy at all. */
  Candidate DIRECT =
      new Candidate() {
        @Override
        public String name() {
          return "direct";
        }

        @Override
        public Running start(Path folder, int port, List<Integer> origins) {
          throw new IllegalStateException("nothing to start");
        }
      };

  String name();

  /** Starts it in a folder of its own, listening on {@code port}. */
  Running start(Path folder, int port, List<Integer> origins) throws IOException;

  /** Whether it wants to run a while before it is measured. */
  default boolean wantsWarmUp() {
    return false;
  }

  /** Lua for wrk that all its requests need. */
  default String script() {
    return "";
  }
}
