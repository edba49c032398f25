package dev.usher.sidecar.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.usher.sidecar.director.spec.DirectorSpec.Settings;
import java.net.ConnectException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Listeners: patience, limits, draining. */
class HttpServerTest {
  private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
  private RawBackend backend;
  private FakeDirector director;
  private Rig rig;

  @BeforeEach
  void open() throws Exception {
    backend = new RawBackend();
    director = new FakeDirector(Settings.DEFAULT, backend.target());
    rig =
        new Rig(
            director, 10, new HttpServer.Patience(Duration.ofMillis(150), Duration.ofMillis(150)));
  }

  @AfterEach
  void close() throws Exception {
    rig.close();
    backend.close();
  }

  @Test
  void aHeadThatDoesNotEndEndsItsConnection() throws Exception {
    try (Wire client = rig.client()) {
      client.send("GET / HTTP/1.1\r\nHost: ");
      assertThat(client.isClosedByPeer()).isTrue();
    }
  }

  @Test
  void aHeadThatGrowsByAByteNowAndThenEndsItsConnectionToo() throws Exception {
    try (Wire client = rig.client()) {
      client.send("GET / HTTP/1.1\r\nX: ");
      client.socket.setSoTimeout(20);
      int sent = 0;
      while (!client.isClosedByPeer() && sent < 200) {
        client.send("x");
        sent++;
      }
      assertThat(sent).isLessThan(50);
    }
  }

  @Test
  void anIdleConnectionIsEnded() throws Exception {
    try (Wire client = rig.client()) {
      assertThat(client.isClosedByPeer()).isTrue();
    }
  }

  @Test
  void aRequestMayTakeLongerThanAHead() throws Exception {
    try (Wire client = rig.client()) {
      client.send(GET);
      Wire server = backend.take();
      server.head();
      client.socket.setSoTimeout(400);
      assertThat(client.isClosedByPeer()).isFalse();
      client.socket.setSoTimeout(5_000);
      server.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
      assertThat(client.response()).endsWith("ok");
    }
  }

  /** The connection is looked at after 1 s, amid the request, and after 2 s, behind it. */
  @Test
  void aConnectionMayIdleBehindARequestThatTookLongerThanAllOfThePatience() throws Exception {
    HttpServer.Patience patience =
        new HttpServer.Patience(Duration.ofMillis(100), Duration.ofMillis(900));
    try (Rig patient = new Rig(director, 10, patience);
        Wire client = patient.client()) {
      client.send(GET);
      Wire server = backend.take();
      server.head();
      client.socket.setSoTimeout(1_300);
      assertThat(client.isClosedByPeer()).isFalse();
      server.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
      assertThat(client.response()).endsWith("ok");
      client.socket.setSoTimeout(780);
      assertThat(client.isClosedByPeer()).isFalse();
      client.send(GET);
      assertThat(server.head()).startsWith("GET ");
    }
  }

  /** Undertow refuses it itself, and reads what it announced before it says so. */
  @ParameterizedTest
  @ValueSource(strings = {"Content-Length: 1000", "Transfer-Encoding: chunked"})
  void aRequestWithABrokenHostWhoseBodyDoesNotComeEndsItsConnection(String framing)
      throws Exception {
    try (Wire client = rig.client()) {
      client.send("POST / HTTP/1.1\r\nHost: [\r\n" + framing + "\r\n\r\n");
      assertThat(client.rest()).doesNotContain("HTTP/1.1 2");
    }
  }

  @Test
  void aBodyLongerThanTheLimitIsA413BeforeABackendSeesIt() throws Exception {
    try (Wire client = rig.client()) {
      client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 11\r\n\r\nhello world");
      assertThat(client.response()).startsWith("HTTP/1.1 413 ").contains("body-too-large");
      assertThat(backend.connections()).isZero();
    }
  }

  @Test
  void chunksAreCountedWhileTheyPass() throws Exception {
    try (Wire client = rig.client()) {
      client.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n");
      Wire server = backend.take();
      server.head();
      server.until("hello\r\n");
      client.send("6\r\n world\r\n0\r\n\r\n");
      assertThat(client.response()).startsWith("HTTP/1.1 413 ").contains("body-too-large");
      assertThat(server.rest()).isIn("", "RESET");
      assertThat(director.events).containsExactly("CLIENT_GONE");
    }
  }

  @Test
  void itCountsWhatIsInFlightAndDrains() throws Exception {
    try (Wire client = rig.client()) {
      client.send(GET);
      Wire server = backend.take();
      server.head();
      assertThat(rig.server.inFlight()).isEqualTo(1);
      rig.server.stopAccepting();
      assertThatThrownBy(rig::client).isInstanceOf(ConnectException.class);
      server.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
      assertThat(client.response()).endsWith("ok");
      rig.awaitInFlight(0);
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 1", "4, 2", "16, 8"})
  void ioThreadsAreFew(int cores, int threads) {
    assertThat(HttpServer.ioThreads(cores)).isEqualTo(threads);
  }
}
