package dev.usher.sidecar.http;

import dev.usher.sidecar.backend.Target;
import dev.usher.sidecar.director.spec.RetryCause;
import dev.usher.sidecar.director.spec.RetrySpec;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A second backend, for what the first one does not serve. */
abstract class TwoBackendsTest extends WireTest {
  static final String PUT = "PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\n";

  RawBackend second;

  @BeforeEach
  void openSecond() throws Exception {
    second = new RawBackend();
    director.targets = List.of(backend.target(), second.target());
  }

  @AfterEach
  void closeSecond() throws Exception {
    second.close();
  }

  static Target nobody() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return new Target("127.0.0.1", socket.getLocalPort());
    }
  }

  void serve(Wire server) throws Exception {
    server.head();
    server.send(OK);
  }

  void retry(Set<RetryCause> on, long bufferBytes, boolean nonIdempotent) {
    RetrySpec usual = RetrySpec.DEFAULT;
    RetrySpec spec =
        new RetrySpec(on, usual.budget(), usual.budgetMin(), bufferBytes, nonIdempotent);
    director.settings = director.settings.edit().retry(spec).build();
  }
}
