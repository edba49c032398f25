package dev.usher.sidecar.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.sidecar.director.admission.Reason;
import dev.usher.sidecar.director.spec.DirectorSpec.OnClientAbort;
import dev.usher.sidecar.director.spec.DirectorSpec.Settings;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Peers that do nothing. */
class TimeoutTest extends WireTest {
  @Override
  Settings settings() {
    return Rig.settings(OnClientAbort.CLOSE, 200, 200, 200);
  }

  @Test
  void aBackendThatDoesNotAnswerIsA504() throws Exception {
    try (Wire client = rig.client()) {
      client.send(GET);
      Wire server = backend.take();
      server.head();
      assertThat(client.response()).startsWith("HTTP/1.1 504 ").contains("backend-timeout");
      assertThat(server.isClosedByPeer()).isTrue();
      awaitEvents("TIMED_OUT");
      client.send(GET);
      backend.take().head();
    }
  }

  @Test
  void aBackendMayThinkLongerThanItMayPause() throws Exception {
    director.settings = settings().edit().firstByteTimeout(Duration.ofSeconds(20)).build();
    try (Wire client = rig.client()) {
      client.send(GET);
      Wire server = backend.take();
      server.head();
      server.socket.setSoTimeout(500);
      assertThat(server.isClosedByPeer()).isFalse();
      server.send("HTTP/1.1 200 OK\r\nX-Half:");
      long begin = System.nanoTime();
      assertThat(client.response()).startsWith("HTTP/1.1 504 ").contains("backend-timeout");
      assertThat(System.nanoTime() - begin).isGreaterThan(190_000_000L);
      awaitEvents("TIMED_OUT");
    }
  }

  @Test
  void aBackendThatMayPauseMustBeginInTime() throws Exception {
    director.settings =
        settings()
            .edit()
            .firstByteTimeout(Duration.ofMillis(300))
            .readTimeout(Duration.ofSeconds(20))
            .build();
    try (Wire client = rig.client()) {
      long begin = System.nanoTime();
      client.send(GET);
      backend.take().head();
      assertThat(client.response()).startsWith("HTTP/1.1 504 ").contains("backend-timeout");
      assertThat(System.nanoTime() - begin).isGreaterThan(300_000_000L);
      awaitEvents("TIMED_OUT");
    }
  }

  @Test
  void aHeadThatTakesLongerThanTheTimeoutButKeepsComingIsFine() throws Exception {
    director.settings = settings().edit().readTimeout(Duration.ofMillis(400)).build();
    try (Wire client = rig.client()) {
      client.send(GET);
      Wire server = backend.take();
      server.head();
      server.socket.setSoTimeout(60);
      long begin = System.nanoTime();
      for (String part :
          "HTTP/1.1 103 Hints|\r\n\r\n|HTTP/1|.1 200 |OK\r\n|X-A: b|\r\nConte|nt-Leng|th: 2\r|\n\r\nok"
              .split("\\|", -1)) {
        assertThat(server.isClosedByPeer()).isFalse();
        server.send(part);
      }
      assertThat(client.response()).startsWith("HTTP/1.1 200 ").endsWith("ok");
      assertThat(System.nanoTime() - begin).isGreaterThan(500_000_000L);
      awaitEvents("SERVED");
    }
  }

  @Test
  void aBackendThatStopsAmidItsResponseCutsTheClientOff() throws Exception {
    try (Wire client = rig.client()) {
      client.send(GET);
      Wire server = backend.take();
      server.head();
      server.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n");
      client.head();
      assertThat(client.rest()).contains("hello").doesNotContain("0\r\n\r\n");
      awaitEvents("TIMED_OUT");
    }
  }

  @Test
  void aResponseThatTakesLongerThanTheTimeoutButKeepsComingIsFine() throws Exception {
    try (Wire client = rig.client()) {
      client.send(GET);
      Wire server = backend.take();
      server.head();
      server.send("HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\n");
      client.head();
      long begin = System.nanoTime();
      for (int i = 0; i < 8; i++) {
        server.socket.setSoTimeout(60);
        assertThat(server.isClosedByPeer()).isFalse();
        server.send("x");
        client.bytes(1);
      }
      assertThat(System.nanoTime() - begin).isGreaterThan(400_000_000L);
      awaitEvents("SERVED");
    }
  }

  @Test
  void aBackendThatTakesNothingIsA504() throws Exception {
    try (Wire client = rig.client()) {
      client.socket.setSoTimeout(10_000);
      client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000000\r\n\r\n");
      Thread sender =
          new Thread(
              () -> {
                try {
                  client.send(new byte[100_000_000]);
                } catch (java.io.IOException e) {
                  // Cut, as wanted.
                }
              });
      sender.start();
      backend.take().head();
      assertThat(client.head()).startsWith("HTTP/1.1 504 ").contains("backend-timeout");
      awaitEvents("TIMED_OUT");
      client.socket.close();
      sender.join();
    }
  }

  @Test
  void aClientThatStopsSendingIsA408AndNotTheBackendsFault() throws Exception {
    director.settings = patience(600);
    long begin = System.nanoTime();
    try (Wire client = rig.client()) {
      client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhe");
      Wire server = backend.take();
      server.head();
      assertThat(client.response()).startsWith("HTTP/1.1 408 ").contains("client-timeout");
      assertThat(System.nanoTime() - begin).isGreaterThan(600_000_000L);
      assertThat(server.rest()).isIn("he", "heRESET");
      awaitEvents("CLIENT_GONE");
    }
  }

  private Settings patience(long clientMillis) {
    return settings().edit().clientTimeout(Duration.ofMillis(clientMillis)).build();
  }

  /** Sends {@code count} bytes, or as many as are taken until the connection is cut. */
  private static Thread sending(Wire wire, int count) {
    Thread sender =
        new Thread(
            () -> {
              try {
                wire.send(new byte[count]);
              } catch (java.io.IOException e) {
                // Cut: the assertions say whether that is right.
              }
            });
    sender.start();
    return sender;
  }

  @Test
  void aClientThatStopsReadingIsCutOffAndGivesItsTokenBack() throws Exception {
    director.settings = patience(300);
    try (Wire client = rig.client()) {
      client.send(GET);
      Wire server = backend.take();
      server.head();
      server.send("HTTP/1.1 200 OK\r\nContent-Length: 50000000\r\n\r\n");
      Thread sender = sending(server, 50_000_000);
      client.head();
      awaitEvents("CLIENT_GONE");
      sender.join();
      assertThat(server.isClosedByPeer()).isTrue();
      rig.awaitInFlight(0);
      assertThat(client.rest().length()).isLessThan(50_000_000);
    }
  }

  @Test
  void aClientThatTakesNoneOfTheAnswersThatUsherMakesItselfIsCutOff() throws Exception {
    director.settings = patience(300);
    director.refuses = Reason.QUEUE_FULL;
    try (Wire client = rig.client()) {
      Thread sender = new Thread(() -> sendUntilCut(client));
      sender.start();
      sender.join(10_000);
      assertThat(sender.isAlive()).isFalse();
      rig.awaitInFlight(0);
    }
  }

  private static void sendUntilCut(Wire client) {
    try {
      while (true) {
        client.send(GET.repeat(1_000));
      }
    } catch (java.io.IOException e) {
      // Cut, as wanted.
    }
  }

  @Test
  void aClientThatReadsLittleByLittleIsNotCutOff() throws Exception {
    director.settings = patience(500);
    try (Wire client = rig.client()) {
      client.send(GET);
      Wire server = backend.take();
      server.head();
      server.send("HTTP/1.1 200 OK\r\nContent-Length: 30000000\r\n\r\n");
      Thread sender = sending(server, 30_000_000);
      client.head();
      server.socket.setSoTimeout(100);
      for (int i = 0; i < 20; i++) {
        client.skip(400_000);
        assertThat(server.isClosedByPeer()).isFalse();
      }
      client.skip(22_000_000);
      sender.join();
      awaitEvents("SERVED");
    }
  }

  @Test
  void aClientThatStallsItsUploadAmidTheResponseIsCutOff() throws Exception {
    director.settings = patience(300);
    try (Wire client = rig.client()) {
      client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhe");
      Wire server = backend.take();
      server.head();
      server.send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhe");
      client.head();
      assertThat(client.rest()).isIn("he", "heRESET");
      assertThat(server.rest()).isIn("he", "heRESET");
      awaitEvents("CLIENT_GONE");
    }
  }

  @Test
  void aBackendThatNeverAcceptsIsLeftAfterConnectTimeout() throws Exception {
    try (NeverAccepting full = new NeverAccepting();
        Wire client = rig.client()) {
      director.targets = List.of(full.target(), backend.target());
      client.send(GET);
      Wire server = backend.take();
      server.head();
      server.send(OK);
      assertThat(client.response()).endsWith("ok");
      awaitEvents("retry CONNECT_FAILED", "SERVED");
    }
  }

  @Test
  void aSlowReaderDoesNotTimeOutItsBackend() throws Exception {
    // Long enough for a backend's thread that does not get its turn on a busy machine.
    rig.director.settings = settings().edit().readTimeout(Duration.ofSeconds(1)).build();
    try (Wire client = rig.client()) {
      client.send(GET);
      Wire server = backend.take();
      server.head();
      server.send("HTTP/1.1 200 OK\r\nContent-Length: 30000000\r\n\r\n");
      Thread sender =
          new Thread(
              () -> {
                try {
                  server.send(new byte[30_000_000]);
                } catch (java.io.IOException e) {
                  // The assertions below say it.
                }
              });
      sender.start();
      client.head();
      server.socket.setSoTimeout(2_000);
      assertThat(server.isClosedByPeer()).isFalse();
      client.skip(30_000_000);
      sender.join();
      awaitEvents("SERVED");
    }
  }
}
