package dev.usher.sidecar.config;

import dev.usher.sidecar.config.document.Fields;
import dev.usher.sidecar.config.document.Scalars;
import dev.usher.sidecar.director.endpoint.Endpoint;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads {@code hostname} and {@code port}, which make a director one on demand. */
final class EndpointReader {
  private static final String HOSTNAME = "hostname";
  private static final String PORT = "port";
  private static final int DEFAULT_PORT = 80;
  private static final Endpoint SPARE = new Endpoint("spare", DEFAULT_PORT);

  private final Map<String, Endpoint> found = new HashMap<>();

  /** Of a director; to be asked before its other keys. */
  void read(String director, Fields fields) {
    boolean hasPort = fields.has(PORT);
    if (fields.has(HOSTNAME)) {
      found.put(director, fields.build(SPARE, () -> endpoint(fields)));
    } else if (hasPort) {
      fields.refuse(PORT, "hostname beside it", "none");
    }
  }

  private static Endpoint endpoint(Fields fields) {
    return new Endpoint(
        Scalars.text(fields, HOSTNAME, "a host name or an address", SPARE.host()),
        Scalars.integer(fields, PORT, Endpoint.PORT, DEFAULT_PORT));
  }

  /** Null when it has none. */
  @Nullable Endpoint of(String director) {
    return found.get(director);
  }
}
