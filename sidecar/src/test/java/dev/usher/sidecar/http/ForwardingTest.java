package dev.usher.sidecar.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A request there and its response back, byte for byte. */
class ForwardingTest extends WireTest {
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
      assertThat(response).contains("Server: x\r\n", "Via: 1.1 usher\r\n", "Date: ");
      assertThat(response).doesNotContainIgnoringCase("connection:");
      assertThat(director.events).containsExactly("SERVED");
    }
  }

  @Test
  void aBodyWithALengthGoesThereAndBack() throws Exception {
    try (Wire client = rig.client()) {
      client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhel");
      Wire server = backend.take();
      assertThat(server.head()).contains("Content-Length: 5\r\n");
      client.send("lo");
      assertThat(server.bytes(5)).isEqualTo("hello");
      server.send(OK);
      assertThat(client.response()).endsWith("ok");
    }
  }

  @Test
  void aChunkedBodyGoesThereAndBackAndItsTrailersAreDropped() throws Exception {
    try (Wire client = rig.client()) {
      client.send(
          head("POST / HTTP/1.1", "Host: a", "Transfer-Encoding: chunked", "Trailer: X")
              + "3\r\nabc\r\n2;ext=1\r\nde\r\n0\r\nX: y\r\n\r\n");
      Wire server = backend.take();
      assertThat(server.head())
          .contains("Transfer-Encoding: chunked\r\n")
          .doesNotContain("Trailer");
      String body = server.until("0\r\n\r\n");
      assertThat(body.replaceAll("\r\n[0-9]\r\n|\r\n", ""))
          .contains("abc", "de")
          .doesNotContain("X");
      server.send(
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\nX: y\r\n\r\n");
      assertThat(client.head()).contains("Transfer-Encoding: chunked\r\n");
      assertThat(client.until("0\r\n\r\n")).contains("ok").doesNotContain("X: y");
      client.send(GET);
      assertThat(server.head()).startsWith("GET ");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "200, SERVED",
    "404, SERVED",
    "499, SERVED",
    "500, SERVER_ERROR",
    "599, SERVER_ERROR"
  })
  void aWholeAnswerIsServedOrAnErrorOfTheServer(int status, String outcome) throws Exception {
    try (Wire client = rig.client()) {
      client.send(GET);
      Wire server = backend.take();
      server.head();
      server.send("HTTP/1.1 %d Said\r\nContent-Length: 2\r\n\r\nno".formatted(status));
      assertThat(client.response()).startsWith("HTTP/1.1 " + status).endsWith("no");
      client.send(GET);
      server.head();
      assertThat(director.events).containsExactly(outcome);
    }
  }

  @Test
  void anErrorThatBreaksOffIsABrokenAnswer() throws Exception {
    try (Wire client = rig.client()) {
      client.send(GET);
      Wire server = backend.take();
      server.head();
      server.send("HTTP/1.1 503 Busy\r\nContent-Length: 20\r\n\r\nno");
      client.until("no");
      server.close();
      assertThat(client.isClosedByPeer()).isTrue();
      assertThat(director.events).containsExactly("BROKEN");
    }
  }

  @Test
  void anEmptyChunkedBodyDoesNotDisturbWhatFollows() throws Exception {
    try (Wire client = rig.client()) {
      client.send("PUT / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
      Wire server = backend.take();
      server.head();
      server.send(OK);
      assertThat(client.response()).endsWith("ok");
      client.send(GET);
      assertThat(director.events).containsExactly("SERVED");
    }
  }

  @Test
  void aBodyThatEndsWithItsConnectionReachesTheClientAsChunks() throws Exception {
    try (Wire client = rig.client()) {
      client.send(GET);
      Wire server = backend.take();
      server.head();
      server.send("HTTP/1.1 200 OK\r\n\r\nabc");
      server.close();
      assertThat(client.head()).contains("Transfer-Encoding: chunked\r\n");
      assertThat(client.until("0\r\n\r\n")).contains("abc");
      client.send(GET);
      assertThat(backend.take().head()).startsWith("GET ");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"204 No Content", "304 Not Modified"})
  void aStatusWithoutABodyEndsAtItsHeadWhateverItsLengthSays(String status) throws Exception {
    try (Wire client = rig.client()) {
      client.send(GET);
      for (int i = 0; i < 2; i++) {
        Wire server = backend.take();
        server.head();
        server.send("HTTP/1.1 " + status + "\r\nContent-Length: 1234\r\nETag: \"x\"\r\n\r\n");
        assertThat(client.head()).startsWith("HTTP/1.1 " + status).contains("ETag: \"x\"");
        client.send(GET);
      }
      backend.take().head();
      assertThat(director.events).containsExactly("SERVED", "SERVED");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Content-Length: 1234", "Transfer-Encoding: chunked", "X: y"})
  void theResponseToHeadHasNoBodyAndKeepsItsLength(String framing) throws Exception {
    try (Wire client = rig.client()) {
      client.send(GET.replace("GET", "HEAD"));
      Wire server = backend.take();
      assertThat(server.head()).startsWith("HEAD / ");
      server.send("HTTP/1.1 200 OK\r\n" + framing + "\r\n\r\n");
      assertThat(client.head()).contains(framing);
      client.send(GET);
      Wire next = backend.take();
      next.head();
      next.send(OK);
      assertThat(client.response()).startsWith("HTTP/1.1 200 OK\r\n").endsWith("ok");
    }
  }

  @Test
  void whatABackendSendsIsOnItsWayWhileItIdles() throws Exception {
    try (Wire client = rig.client()) {
      client.send(GET);
      Wire server = backend.take();
      server.head();
      server.send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n");
      server.send("Transfer-Encoding: chunked\r\n\r\n");
      assertThat(client.head()).contains("text/event-stream");
      for (int i = 0; i < 3; i++) {
        server.send("9\r\ndata: " + i + "\n\n\r\n");
        assertThat(client.until("\n\n\r\n")).endsWith("data: " + i + "\n\n\r\n");
      }
      assertThat(director.events).isEmpty();
      server.send("0\r\n\r\n");
      assertThat(client.until("0\r\n\r\n")).endsWith("0\r\n\r\n");
      awaitEvents("SERVED");
    }
  }

  @Test
  void anUploadIsOnItsWayWhileTheClientIdles() throws Exception {
    try (Wire client = rig.client()) {
      client.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
      Wire server = backend.take();
      assertThat(server.head()).contains("chunked");
      for (int i = 0; i < 3; i++) {
        client.send("1\r\n" + (char) ('a' + i) + "\r\n");
        assertThat(server.until((char) ('a' + i) + "\r\n")).isNotEmpty();
      }
    }
  }

  @Test
  void theTokenIsGivenBackBeforeASlowClientHasTakenAll() throws Exception {
    try (Wire client = rig.client()) {
      client.send(GET);
      Wire server = backend.take();
      server.head();
      server.send("HTTP/1.1 200 OK\r\nContent-Length: 10000\r\n\r\n");
      server.send(new byte[10_000]);
      awaitEvents("SERVED");
      client.head();
      client.skip(10_000);
    }
  }
}
