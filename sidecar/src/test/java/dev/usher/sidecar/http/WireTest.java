package dev.usher.sidecar.http;

import dev.usher.sidecar.director.spec.DirectorSpec.Settings;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** Base: one scripted backend, a director that grants it, the sidecar between. */
@Timeout(30)
abstract class WireTest {
  static final String GET = "GET / HTTP/1.1\r\nHost: example.org\r\n\r\n";
  static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  /** A head: each line with its end, and the empty line. */
  static String head(String... lines) {
    return String.join("\r\n", lines) + "\r\n\r\n";
  }

  RawBackend backend;
  FakeDirector director;
  Rig rig;

  @BeforeEach
  void open() throws Exception {
    backend = new RawBackend();
    director = new FakeDirector(settings(), backend.target());
    rig = new Rig(director);
  }

  Settings settings() {
    return Settings.DEFAULT;
  }

  @AfterEach
  void close() throws Exception {
    rig.close();
    backend.close();
  }

  /** Waits until the director has been told exactly this. */
  void awaitEvents(String... expected) {
    Awaitility.await()
        .pollInterval(java.time.Duration.ofMillis(5))
        .atMost(java.time.Duration.ofSeconds(5))
        .untilAsserted(
            () ->
                org.assertj.core.api.Assertions.assertThat(director.events)
                    .containsExactly(expected));
  }
}
