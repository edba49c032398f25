package dev.usher.sidecar.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Responses in front of the one that counts, and bodies that wait for one. */
class InterimResponseTest extends WireTest {
  @Test
  void interimResponsesAreTakenOutInWhateverPiecesTheyCome() throws Exception {
    try (Wire client = rig.client()) {
      client.send(GET);
      Wire server = backend.take();
      server.head();
      String answer =
          head("HTTP/1.1 103 Early Hints", "Link: </a>") + head("HTTP/1.1 102 Processing") + OK;
      for (int i = 0; i < answer.length(); i++) {
        server.send(answer.substring(i, i + 1));
      }
      assertThat(client.response()).startsWith("HTTP/1.1 200 OK").endsWith("ok");
      client.send(GET);
      server.head();
      server.send(answer);
      assertThat(client.response()).startsWith("HTTP/1.1 200 OK").doesNotContain("Link");
      assertThat(director.events).containsExactly("SERVED", "SERVED");
    }
  }

  @Test
  void theClientHears100WhenTheBackendSaysItAndSendsItsBodyThen() throws Exception {
    try (Wire client = rig.client()) {
      client.send(head("POST / HTTP/1.1", "Host: a", "Content-Length: 5", "Expect: 100-continue"));
      Wire server = backend.take();
      assertThat(server.head()).contains("Expect: 100-continue");
      server.send("HTTP/1.1 100 Continue\r\n\r\n");
      assertThat(client.head()).startsWith("HTTP/1.1 100 Continue\r\n");
      client.send("hello");
      assertThat(server.bytes(5)).isEqualTo("hello");
      server.send(OK);
      assertThat(client.response()).startsWith("HTTP/1.1 200 OK").endsWith("ok");
      client.send(GET);
      server.head();
      server.send(OK);
      assertThat(client.response()).endsWith("ok");
    }
  }

  @Test
  void aBackendMayRefuseTheBodyInsteadOfSaying100() throws Exception {
    try (Wire client = rig.client()) {
      client.send(head("POST / HTTP/1.1", "Host: a", "Content-Length: 5", "Expect: 100-continue"));
      Wire server = backend.take();
      server.head();
      server.send("HTTP/1.1 403 No\r\nContent-Length: 2\r\n\r\nno");
      assertThat(client.response()).startsWith("HTTP/1.1 403 No").endsWith("no");
      assertThat(client.isClosedByPeer()).isTrue();
      assertThat(server.isClosedByPeer()).isTrue();
      awaitEvents("SERVED");
    }
  }

  @Test
  void anEarlyRefusalReachesAClientThatIsStillSending() throws Exception {
    try (Wire client = rig.client()) {
      client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000000\r\n\r\n");
      client.send(new byte[100_000]);
      Wire server = backend.take();
      server.head();
      server.send("HTTP/1.1 413 Too Large\r\nContent-Length: 2\r\nConnection: close\r\n\r\nno");
      client.send(new byte[100_000]);
      assertThat(client.response())
          .startsWith("HTTP/1.1 413 Too Large")
          .contains("Connection: close");
      awaitEvents("SERVED");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aStatusLineMayEndBehindItsStatus(boolean bytewise) throws Exception {
    try (Wire client = rig.client()) {
      client.send(GET);
      Wire server = backend.take();
      for (int i = 0; i < 2; i++) {
        server.head();
        String early = "HTTP/1.1 103\r\n\r\n";
        String head = "HTTP/1.1 200\r\nTransfer-Encoding: chunked\r\n\r\n";
        String answer = early + head + "5\r\nhello\r\n0\r\n\r\n";
        int step = bytewise ? 1 : answer.length();
        for (int at = 0; at < answer.length(); at += step) {
          server.send(answer.substring(at, at + step));
        }
        assertThat(client.head()).startsWith("HTTP/1.1 200 OK\r\n");
        assertThat(client.chunks()).isEqualTo("hello");
        client.send(GET);
      }
      server.head();
    }
  }

  @Test
  void aHeadOf15KibibytesPassesBehindAnyNumberOfInterimOnes() throws Exception {
    try (Wire client = rig.client()) {
      client.send(GET);
      Wire server = backend.take();
      server.head();
      String value = "y".repeat(15_000);
      server.send(head("HTTP/1.1 103 Early Hints", "X: " + value).repeat(10));
      server.send(head("HTTP/1.1 200 OK", "X: " + value, "Content-Length: 2") + "ok");
      assertThat(client.response()).contains("\r\nX: " + value + "\r\n").endsWith("ok");
    }
  }
}
