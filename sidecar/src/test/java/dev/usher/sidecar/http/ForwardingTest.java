package dev.usher.sidecar.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.sidecar.director.DirectorSpec.Settings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A request there and its response back, byte for byte. */
class ForwardingTest {
  private RawBackend backend;
  private FakeDirector director;
  private Rig rig;

  @BeforeEach
  void open() throws Exception {
    backend = new RawBackend();
    director = new FakeDirector(Settings.DEFAULT, backend.target());
    rig = new Rig(director);
  }

  @AfterEach
  void close() throws Exception {
    rig.close();
    backend.close();
  }

  @Test
  void aRequestReachesTheBackendAndItsResponseTheClient() throws Exception {
    try (Wire client = rig.client()) {
      client.send("GET /a%20b;x=1?q=%41|[ HTTP/1.1\r\nHost: example.org\r\n\r\n");
      Wire server = backend.take();
      String request = server.head();
      assertThat(request).startsWith("GET /a%20b;x=1?q=%41|[ HTTP/1.1\r\n");
      assertThat(request).contains("Host: example.org\r\n", "Via: 1.1 usher\r\n");
      server.send("HTTP/1.1 200 Fine\r\nContent-Length: 2\r\nServer: x\r\n\r\nok");
      String response = client.response();
      assertThat(response).startsWith("HTTP/1.1 200 Fine\r\n").endsWith("\r\n\r\nok");
      assertThat(response).contains("Server: x\r\n", "Via: 1.1 usher\r\n");
      assertThat(director.events).containsExactly("SERVED");
    }
  }
}
