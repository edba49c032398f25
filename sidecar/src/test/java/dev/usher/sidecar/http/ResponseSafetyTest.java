package dev.usher.sidecar.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Responses that two readers could understand differently are refused, or their client is cut off.
 */
class ResponseSafetyTest extends WireTest {
  static List<Arguments> badResponses() {
    String ok = "HTTP/1.1 200 OK\r\n";
    return List.of(
        Arguments.of("garbage", "SSH-2.0-OpenSSH_9.2\r\n\r\n"),
        Arguments.of("a short piece of garbage", "x"),
        Arguments.of("status without digits", "HTTP/1.1 2x0 OK\r\n\r\n"),
        Arguments.of("a status of four digits", "HTTP/1.1 2000 OK\r\n\r\n"),
        Arguments.of("two lengths", ok + "Content-Length: 1\r\nContent-Length: 2\r\n\r\nab"),
        Arguments.of(
            "length and coding",
            ok + "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
        Arguments.of("gzip, chunked", ok + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"),
        Arguments.of("chunked, gzip", ok + "Transfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n"),
        Arguments.of("negative length", ok + "Content-Length: -1\r\n\r\na"),
        Arguments.of("length no number", ok + "Content-Length: a\r\n\r\na"),
        Arguments.of("huge length", ok + "Content-Length: 99999999999999999999\r\n\r\na"),
        Arguments.of("bare LF", "HTTP/1.1 200 OK\nContent-Length: 1\n\na"),
        Arguments.of("NUL in a value", ok + "X: a\0b\r\nContent-Length: 1\r\n\r\na"),
        Arguments.of(
            "coding on HTTP/1.0", "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
        Arguments.of("101 unasked", "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n"),
        Arguments.of("a head that breaks off", ok + "Content-Le"),
        Arguments.of("a head of 16 KiB", ok + "X: " + "y".repeat(16_000) + "\r\n\r\n"),
        Arguments.of("a head without end", ok + ("X: " + "y".repeat(1_000) + "\r\n").repeat(300)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("badResponses")
  void aBrokenResponseIsA502AndItsConnectionIsNotUsedAgain(String what, String bytes)
      throws Exception {
    try (Wire client = rig.client()) {
      client.send(GET);
      Wire server = backend.take();
      server.head();
      try {
        server.send(bytes);
        server.socket.shutdownOutput();
      } catch (java.io.IOException e) {
        // Cut while it was sending: what this test wants.
        assertThat(what).isEqualTo("a head without end");
      }
      assertThat(client.response())
          .as(what)
          .startsWith("HTTP/1.1 502 Bad Gateway\r\n")
          .contains("X-Director-Reason: broken-response");
      assertThat(director.events).containsExactly("BROKEN");
      assertThat(server.isClosedByPeer()).isTrue();
    }
  }

  @Test
  void aBodyShorterThanItsLengthCutsTheClientOff() throws Exception {
    try (Wire client = rig.client()) {
      client.send(GET);
      Wire server = backend.take();
      server.head();
      server.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello");
      client.head();
      assertThat(client.bytes(5)).isEqualTo("hello");
      server.close();
      assertThat(client.rest()).isIn("", "RESET");
      awaitEvents("BROKEN");
    }
  }

  @Test
  void aChunkedBodyThatBreaksOffHasNoEndForTheClient() throws Exception {
    try (Wire client = rig.client()) {
      client.send(GET.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n"));
      Wire server = backend.take();
      server.head();
      server.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n");
      client.head();
      client.until("hello\r\n");
      server.close();
      assertThat(client.rest()).doesNotContain("0\r\n\r\n");
      awaitEvents("BROKEN");
    }
  }

  @Test
  void anHttp10ClientSeesAResetWhereOnlyTheCloseWouldEndTheBody() throws Exception {
    try (Wire client = rig.client()) {
      client.send("GET / HTTP/1.0\r\n\r\n");
      Wire server = backend.take();
      server.head();
      server.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n");
      client.head();
      assertThat(client.bytes(5)).isEqualTo("hello");
      server.close();
      assertThat(client.rest()).isEqualTo("RESET");
    }
  }

  private static final String CHUNKED = head("HTTP/1.1 200 OK", "Transfer-Encoding: chunked");

  /** What follows {@code 3 CRLF abc CRLF}; each ends so that a lax reader sees a clean end. */
  static List<Arguments> brokenChunks() {
    String end = "0\r\n\r\n";
    return List.of(
        Arguments.of("a size that is no number", "xyz\r\n\r\n"),
        Arguments.of("no size", "\r\n" + end),
        Arguments.of("a signed size", "-1\r\n" + end),
        Arguments.of("a prefixed size", "0x5\r\nhello\r\n" + end),
        Arguments.of("a size that overflows", "ffffffffffffffff\r\n" + end),
        Arguments.of("a size that overflows to 5", "10000000000000005\r\nhello\r\n" + end),
        Arguments.of("bare LF behind the size", "5\nhello\r\n" + end),
        Arguments.of("bare LF behind an extension", "5;a\nhello\r\n" + end),
        Arguments.of("CR without LF", "5\rxhello\r\n" + end),
        Arguments.of("junk behind the data", "5\r\nhelloXX\r\n" + end),
        Arguments.of("no CRLF behind the data", "5\r\nhello" + end),
        Arguments.of("bare LF behind the data", "5\r\nhello\n" + end),
        Arguments.of("NUL in an extension", "5;a=\0\r\nhello\r\n" + end),
        Arguments.of("bare LF behind a trailer", "0\r\nX: y\n\r\n"),
        Arguments.of("bare LF at the end", "0\r\n\n"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("brokenChunks")
  void aBrokenChunkOfAResponseCutsTheClientOffWithoutAnEnd(String what, String bytes)
      throws Exception {
    try (Wire client = rig.client()) {
      client.send(GET);
      Wire server = backend.take();
      server.head();
      server.send(CHUNKED + "3\r\nabc\r\n");
      client.head();
      client.until("abc\r\n");
      server.send(bytes);
      assertThat(client.rest()).as(what).doesNotContain("0\r\n\r\n");
      assertThat(server.isClosedByPeer()).isTrue();
      awaitEvents("BROKEN");
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("brokenChunks")
  void aChunkThatIsBrokenBeforeAnythingWentOutIsA502(String what, String bytes) throws Exception {
    try (Wire client = rig.client()) {
      client.send(GET);
      Wire server = backend.take();
      server.head();
      server.send(CHUNKED + bytes);
      assertThat(client.response())
          .as(what)
          .startsWith("HTTP/1.1 502 ")
          .contains("X-Director-Reason: broken-response")
          .doesNotContain("chunked");
      assertThat(server.isClosedByPeer()).isTrue();
      assertThat(director.events).containsExactly("BROKEN");
      client.send(GET);
      backend.take().head();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "5",
        "5\r",
        "5\r\n",
        "5\r\nhel",
        "5\r\nhello",
        "5\r\nhello\r",
        "5\r\nhello\r\n",
        "0",
        "0\r\n",
        "0\r\n\r",
        "0\r\nX: y\r\n"
      })
  void aChunkedResponseThatIsCutAnywhereHasNoEndForTheClient(String bytes) throws Exception {
    for (String connection : List.of("keep-alive", "close")) {
      try (Wire client = rig.client()) {
        client.send(head("GET / HTTP/1.1", "Host: a", "Connection: " + connection));
        Wire server = backend.take();
        server.head();
        server.send(CHUNKED + "3\r\nabc\r\n");
        client.head();
        client.until("abc\r\n");
        server.send(bytes);
        server.close();
        assertThat(client.rest()).doesNotContain("0\r\n\r\n");
      }
    }
    awaitEvents("BROKEN", "BROKEN");
  }

  @Test
  void chunksOfAResponseMayComeByteByByteWithExtensionsAndTrailers() throws Exception {
    try (Wire client = rig.client()) {
      client.send(GET);
      Wire server = backend.take();
      server.head();
      String body = "3;a=\"b\"\r\nghi\r\n00A\r\nklmnopqrst\r\n0;x\r\nT: u\r\n\r\n";
      String response = "HTTP/1.1 103 Early\r\nX: y\r\n\r\n" + CHUNKED + body;
      for (int i = 0; i < response.length(); i++) {
        server.send(response.substring(i, i + 1));
      }
      assertThat(client.head()).startsWith("HTTP/1.1 200 OK\r\n");
      assertThat(client.chunks()).isEqualTo("ghiklmnopqrst");
      client.send(GET);
      assertThat(server.head()).startsWith("GET ");
      server.send(CHUNKED + "2\r\nok\r\n0\r\n\r\n");
      client.head();
      assertThat(client.until("0\r\n\r\n")).contains("ok");
      awaitEvents("SERVED", "SERVED");
    }
  }

  @Test
  void aResponseToHeadHasNoChunksWhateverItsHeadSays() throws Exception {
    try (Wire client = rig.client()) {
      client.send("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n");
      Wire server = backend.take();
      server.head();
      server.send(CHUNKED);
      assertThat(client.head()).startsWith("HTTP/1.1 200 ");
      client.send(GET);
      Wire next = backend.take();
      assertThat(next.head()).startsWith("GET ");
      next.send(OK);
      assertThat(client.response()).endsWith("ok");
      awaitEvents("SERVED", "SERVED");
    }
  }

  @ParameterizedTest(name = "{0} {1} {2}")
  @CsvSource({
    "HEAD, 200, Content-Length: 5, false",
    "HEAD, 200, Transfer-Encoding: chunked, false",
    "HEAD, 200, X: y, false",
    "HEAD, 200, Content-Length: 0, true",
    "HEAD, 304, X: y, true",
    "HEAD, 304, Content-Length: 5, false",
    "GET, 204, X: y, true",
    "GET, 204, Content-Length: 0, true",
    "GET, 204, Content-Length: 5, false",
    "GET, 304, X: y, true",
    "GET, 304, Content-Length: 5, false",
    "GET, 304, Transfer-Encoding: chunked, false"
  })
  void aConnectionWhereABodyMightFollowThatNobodyWaitsForIsNotUsedAgain(
      String method, int status, String field, boolean used) throws Exception {
    try (Wire client = rig.client()) {
      client.send(GET.replace("GET", method));
      Wire server = backend.take();
      server.head();
      server.send(head("HTTP/1.1 " + status + " X", field));
      assertThat(client.head()).startsWith("HTTP/1.1 " + status);
      client.send(GET.replace("GET", "POST"));
      Wire next = used ? server : backend.take();
      assertThat(next.head()).startsWith("POST ");
      next.send(OK);
      assertThat(client.response()).endsWith("ok");
      awaitEvents("SERVED", "SERVED");
    }
  }

  @Test
  void bytesBehindTheLastChunkEndTheBackendsConnection() throws Exception {
    try (Wire client = rig.client()) {
      client.send(GET);
      Wire server = backend.take();
      server.head();
      server.send(CHUNKED + "2\r\nok\r\n0\r\n\r\n" + OK);
      client.head();
      assertThat(client.until("0\r\n\r\n")).contains("ok");
      assertThat(server.isClosedByPeer()).isTrue();
      client.send(GET);
      Wire next = backend.take();
      next.head();
      next.send(OK);
      assertThat(client.response()).endsWith("ok");
    }
  }

  @Test
  void bytesThatNobodyAskedForEndTheBackendsConnection() throws Exception {
    try (Wire client = rig.client()) {
      client.send(GET);
      Wire server = backend.take();
      server.head();
      server.send(OK + "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil");
      assertThat(client.response()).endsWith("ok");
      assertThat(server.isClosedByPeer()).isTrue();
      client.send(GET);
      Wire next = backend.take();
      next.head();
      next.send(OK);
      assertThat(client.response()).endsWith("ok");
    }
  }
}
