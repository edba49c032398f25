package dev.usher.sidecar.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.sidecar.classify.Classification;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
  void bothConnectionsAreKeptAliveAndUsedAgain() throws Exception {
    try (Wire client = rig.client()) {
      Wire server = null;
      for (int i = 0; i < 3; i++) {
        client.send(GET);
        server = server == null ? backend.take() : server;
        server.head();
        server.send(OK);
        assertThat(client.response()).endsWith("ok");
      }
      assertThat(backend.connections()).isEqualTo(1);
    }
  }

  @Test
  void pipelinedRequestsAreAnsweredInOrder() throws Exception {
    try (Wire client = rig.client()) {
      client.send(GET.replace("/ ", "/1 ") + GET.replace("/ ", "/2 ") + GET.replace("/ ", "/3 "));
      Wire server = backend.take();
      for (int i = 1; i <= 3; i++) {
        assertThat(server.head()).startsWith("GET /" + i + " ");
        server.send("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n" + i);
      }
      for (int i = 1; i <= 3; i++) {
        assertThat(client.response()).endsWith("\r\n\r\n" + i);
      }
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
  void anHttp10ClientGetsNoChunks() throws Exception {
    try (Wire client = rig.client()) {
      client.send("GET / HTTP/1.0\r\n\r\n");
      Wire server = backend.take();
      String host = "Host: 127.0.0.1:" + backend.target().port();
      assertThat(server.head()).startsWith("GET / HTTP/1.1\r\n").contains(host, "Via: 1.0 usher");
      server.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n");
      assertThat(client.rest()).endsWith("\r\n\r\nok").doesNotContain("Transfer-Encoding");
    }
  }

  @Test
  void anHttp10ClientMayKeepItsConnection() throws Exception {
    try (Wire client = rig.client()) {
      Wire server = null;
      for (int i = 0; i < 2; i++) {
        client.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
        server = server == null ? backend.take() : server;
        server.head();
        server.send(OK);
        assertThat(client.response()).contains("Connection: keep-alive").endsWith("ok");
      }
    }
  }

  @Test
  void aResponseFromAnHttp10BackendIsPassedOn() throws Exception {
    try (Wire client = rig.client()) {
      client.send(GET);
      Wire server = backend.take();
      server.head();
      server.send("HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok");
      assertThat(client.response()).startsWith("HTTP/1.1 200 OK").endsWith("ok");
      assertThat(server.isClosedByPeer()).isTrue();
    }
  }

  @Test
  void inAbsoluteFormTheTargetsHostCounts() throws Exception {
    try (Wire client = rig.client()) {
      client.send("GET http://example.org:81/a?b HTTP/1.1\r\nHost: example.org:81\r\n\r\n");
      Wire server = backend.take();
      assertThat(server.head())
          .startsWith("GET /a?b HTTP/1.1\r\n")
          .contains("Host: example.org:81\r\n");
      server.send(OK);
      assertThat(client.response()).endsWith("ok");
      client.send("OPTIONS http://example.org HTTP/1.1\r\nHost: example.org\r\n\r\n");
      assertThat(server.head())
          .startsWith("OPTIONS * HTTP/1.1\r\n")
          .contains("Host: example.org\r\n");
      server.send(OK);
      client.response();
      client.send("GET http://example.org?x HTTP/1.1\r\nHost: example.org\r\n\r\n");
      assertThat(server.head()).startsWith("GET /?x HTTP/1.1\r\n");
    }
  }

  @Test
  void optionsForTheServerItselfPasses() throws Exception {
    try (Wire client = rig.client()) {
      client.send("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n");
      assertThat(backend.take().head()).startsWith("OPTIONS * HTTP/1.1\r\n");
    }
  }

  @Test
  void fieldsOfOneConnectionPassInNeitherDirection() throws Exception {
    try (Wire client = rig.client()) {
      client.send(
          head(
              "GET / HTTP/1.1",
              "Host: a",
              "Connection: keep-alive, X-Mine",
              "X-Mine: 1",
              "Keep-Alive: 5",
              "Proxy-Connection: x",
              "TE: trailers",
              "Upgrade: websocket",
              "Proxy-Authorization: secret",
              "X-Yours: 2"));
      Wire server = backend.take();
      assertThat(server.head())
          .contains("X-Yours: 2")
          .doesNotContain("X-Mine", "Connection", "Keep-Alive", "TE:", "Upgrade", "secret");
      server.send(
          head(
              "HTTP/1.1 200 OK",
              "Connection: X-Own",
              "X-Own: 1",
              "Keep-Alive: 5",
              "Upgrade: h2c",
              "Proxy-Authenticate: x",
              "X-All: 2",
              "Content-Length: 0"));
      assertThat(client.head())
          .contains("X-All: 2")
          .doesNotContain("X-Own", "Connection", "Keep-Alive", "Upgrade", "Proxy-Auth");
    }
  }

  @Test
  void theBackendLearnsWhoAskedAndTheListsGrow() throws Exception {
    try (Wire client = rig.client()) {
      client.send(
          head(
              "GET / HTTP/1.1",
              "Host: a:81",
              "X-Forwarded-For: 10.0.0.1",
              "X-Forwarded-For: 10.0.0.2",
              "X-Forwarded-Proto: https",
              "Forwarded: for=10.0.0.1",
              "Via: 1.0 fred"));
      assertThat(backend.take().head())
          .contains(
              "X-Forwarded-For: 10.0.0.1, 10.0.0.2, 127.0.0.1\r\n",
              "X-Forwarded-Proto: https, http\r\n",
              "X-Forwarded-Host: a:81\r\n",
              "Forwarded: for=10.0.0.1, for=127.0.0.1;proto=http;host=\"a:81\"\r\n",
              "Via: 1.0 fred\r\n",
              "Via: 1.1 usher\r\n");
    }
  }

  @Test
  void theTagStaysHereAndTheResponseTellsWhoServed() throws Exception {
    rig.routes = exchange -> new Classification.ToDirector("app", "vip", null);
    try (Wire client = rig.client()) {
      client.send("GET / HTTP/1.1\r\nHost: a\r\nX-Director-Bucket: vip\r\n\r\n");
      Wire server = backend.take();
      assertThat(server.head()).doesNotContain("X-Director");
      server.send(OK);
      assertThat(client.response())
          .contains(
              "X-Director-Cluster: app\r\n",
              "X-Director-Backend: app01\r\n",
              "X-Director-Bucket: vip\r\n");
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

  @ParameterizedTest
  @ValueSource(strings = {"close", "TE, Close", "close, TE", "TE\r\nConnection: close"})
  void aClientThatAsksForItIsClosedBehindItsResponse(String options) throws Exception {
    try (Wire client = rig.client()) {
      client.send(head("GET / HTTP/1.1", "Host: a", "Connection: " + options) + GET);
      Wire server = backend.take();
      server.head();
      server.send(OK);
      assertThat(client.rest()).contains("Connection: close\r\n").endsWith("\r\n\r\nok");
      awaitEvents("SERVED");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"close", "foo, Close", "close, foo", "foo\r\nConnection: close"})
  void aBackendThatAnnouncesItsCloseIsNotAskedAgainThere(String options) throws Exception {
    try (Wire client = rig.client()) {
      client.send(GET);
      Wire server = backend.take();
      server.head();
      server.send(head("HTTP/1.1 200 OK", "Connection: " + options, "Content-Length: 2") + "ok");
      assertThat(client.response()).endsWith("ok").doesNotContain("foo");
      assertThat(server.isClosedByPeer()).isTrue();
      client.send(GET.replace("GET", "POST"));
      Wire next = backend.take();
      next.head();
      next.send(OK);
      assertThat(client.response()).endsWith("ok");
      awaitEvents("SERVED", "SERVED");
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
        assertThat(client.until("0\r\n\r\n").replaceAll("(?m)^[0-9a-f]+\r\n|\r\n", ""))
            .isEqualTo("hello");
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
