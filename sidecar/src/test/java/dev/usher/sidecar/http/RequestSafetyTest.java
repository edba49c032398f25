package dev.usher.sidecar.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that two readers could understand differently are refused. */
class RequestSafetyTest extends WireTest {
  static List<Arguments> badRequests() {
    String line = "POST / HTTP/1.1\r\n";
    String post = line + "Host: a\r\n";
    String chunks = "0\r\n\r\n";
    return List.of(
        Arguments.of("gzip, chunked", post + "Transfer-Encoding: gzip, chunked\r\n\r\n" + chunks),
        Arguments.of(
            "chunked twice", post + "Transfer-Encoding: chunked, chunked\r\n\r\n" + chunks),
        Arguments.of(
            "two Transfer-Encoding lines",
            post + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks),
        Arguments.of("identity", post + "Transfer-Encoding: identity\r\n\r\n"),
        Arguments.of("xchunked", post + "Transfer-Encoding: xchunked\r\n\r\n" + chunks),
        Arguments.of(
            "chunked on HTTP/1.0",
            "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks),
        Arguments.of(
            "length and coding",
            post + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks),
        Arguments.of("two lengths", post + "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello!"),
        Arguments.of(
            "one length twice", post + "Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello"),
        Arguments.of("length list", post + "Content-Length: 5, 5\r\n\r\nhello"),
        Arguments.of("negative length", post + "Content-Length: -5\r\n\r\nhello"),
        Arguments.of("signed length", post + "Content-Length: +5\r\n\r\nhello"),
        Arguments.of("hex length", post + "Content-Length: 0x5\r\n\r\nhello"),
        Arguments.of("empty length", post + "Content-Length: \r\n\r\nhello"),
        Arguments.of("huge length", post + "Content-Length: 99999999999999999999\r\n\r\nhello"),
        Arguments.of(
            "length that overflows to 5",
            post + "Content-Length: 18446744073709551621\r\n\r\nhello"),
        Arguments.of("no Host", line + "\r\n"),
        Arguments.of("two Hosts", post + "Host: b\r\n\r\n"),
        Arguments.of("Host with a path", line + "Host: a/b\r\n\r\n"),
        Arguments.of("Host with a user", line + "Host: u@a\r\n\r\n"),
        Arguments.of("target and Host differ", "GET http://b/ HTTP/1.1\r\nHost: a\r\n\r\n"),
        Arguments.of("space before the colon", post + "X : y\r\n\r\n"),
        Arguments.of("NUL in a value", post + "X: a\0b\r\n\r\n"),
        Arguments.of("NUL in a name", post + "X\0: ab\r\n\r\n"),
        Arguments.of("CR in a value", post + "X: a\rb\r\n\r\n"),
        Arguments.of("bare LF", "GET / HTTP/1.1\nHost: a\n\n"),
        Arguments.of("no colon", post + "X\r\n\r\n"),
        Arguments.of("empty name", post + ": x\r\n\r\n"),
        Arguments.of("space before the first field", line + " X: y\r\nHost: a\r\n\r\n"),
        Arguments.of("HTTP/2.0", "GET / HTTP/2.0\r\nHost: a\r\n\r\n"),
        Arguments.of("HTTP/0.9", "GET /\r\n"),
        Arguments.of("no target", "GET HTTP/1.1\r\nHost: a\r\n\r\n"),
        Arguments.of("blank in the target", "GET /a b HTTP/1.1\r\nHost: a\r\n\r\n"));
  }

  static List<Arguments> badTargets() {
    return List.of(
        Arguments.of("a quote behind the host", "http://a.com\",for=1.2.3.4,host=\"/"),
        Arguments.of("a quote behind the host, and a path", "http://a.com\"/none/x"),
        Arguments.of("NUL behind the host", "http://a.com\0/"),
        Arguments.of("a backslash behind the host", "http://a.com\\/"),
        Arguments.of("a parameter behind the host", "http://a.com;b/none/x"),
        Arguments.of("a user", "http://u@a.com/none/x"),
        Arguments.of("an address and a name", "http://[::1]a.com/none/x"),
        Arguments.of("a fragment instead of a path", "http://a.com#/none/x"),
        Arguments.of("another host with this one in its path", "http://evil.com/raw/a.com"),
        Arguments.of("another host with this one in its query", "http://evil.com/?a.com"),
        Arguments.of("a longer host", "http://a.com.evil.com/"),
        Arguments.of("another port", "http://a.com:81/"),
        Arguments.of("no port that could be", "http://a.com:65536/"),
        Arguments.of("another scheme", "ftp://a.com/"),
        Arguments.of("another scheme with a port", "ftp://a.com:80/"),
        Arguments.of("a fragment", "/a#b"),
        Arguments.of("a fragment behind the query", "/a?b#c"),
        Arguments.of("NUL", "/a\0b"),
        Arguments.of("NUL in the query", "/a?\0"),
        Arguments.of("a tab", "/a\tb"),
        Arguments.of("CR", "/a\rb"),
        Arguments.of("LF in the query", "/a?b\nX:y"),
        Arguments.of("LF in a parameter", "/a;b\nX:y"),
        Arguments.of("DEL", "/a\u007fb"),
        Arguments.of("ESC", "/\u001b[2J"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("badTargets")
  void aTargetThatIsNoneOrNotForItsHostIsRefused(String what, String target) throws Exception {
    try (Wire client = rig.client()) {
      client.send(head("GET " + target + " HTTP/1.1", "Host: a.com") + GET);
      String answer = client.rest();
      assertThat(answer).as(what).matches("(?s)HTTP/1\\.[01] 400 .*");
      assertThat(answer.split("HTTP/1\\.[01] ", -1)).as("answers to " + what).hasSize(2);
      assertThat(backend.connections()).isZero();
      assertThat(director.events).isEmpty();
    }
  }

  @ParameterizedTest(name = "{0} at {1}")
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          /a|b[c]{d}?e|f[g]{h}      ; a.com    ; /a|b[c]{d}?e|f[g]{h}
          /\u00e9?\u00fc            ; a.com    ; /\u00e9?\u00fc
          http://a.com/a?b          ; a.com    ; /a?b
          http://a.com:80/a         ; a.com    ; /a
          http://a.com/a            ; a.com:80 ; /a
          https://a.com/a           ; a.com:443 ; /a
          HTTP://a.com:81/a         ; a.com:81 ; /a
          http://[::1]:81/a         ; [::1]:81 ; /a
          """)
  void whatMeansTheSameToEverybodyPassesAsItCame(String target, String host, String path)
      throws Exception {
    try (Wire client = rig.client()) {
      client.send(head("GET " + target + " HTTP/1.1", "Host: " + host));
      assertThat(backend.take().head()).startsWith("GET " + path + " HTTP/1.1\r\n");
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("badRequests")
  void aRequestThatCouldBeReadInTwoWaysIsRefusedAndItsConnectionClosed(String what, String bytes)
      throws Exception {
    try (Wire client = rig.client()) {
      client.send(bytes + GET);
      String answer = client.rest();
      assertThat(answer).as(what).matches("(?s)HTTP/1\\.[01] 400 .*");
      assertThat(answer.split("HTTP/1\\.[01] ", -1)).as("answers to " + what).hasSize(2);
      assertThat(backend.connections()).isZero();
      assertThat(director.events).isEmpty();
    }
  }

  /** RFC 9112 section 5.2 allows either to refuse or to unfold; nothing folded passes. */
  @Test
  void aFoldedFieldIsUnfolded() throws Exception {
    try (Wire client = rig.client()) {
      client.send("GET / HTTP/1.1\r\nHost: a\r\nX: y\r\n z\r\n\r\n");
      assertThat(backend.take().head()).contains("X: y z\r\n");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "xyz\r\n",
        "\r\n",
        "-1\r\n",
        "0x5\r\n",
        "5 5\n",
        "5;a\nhello\r\n",
        "5\nhello\r\n",
        "5\rxhello\r\n",
        "5\r\nhelloXX\r\n",
        "5\r\nhello\n",
        "ffffffffffffffff\r\n",
        "5;a=\0\r\n",
        "0\r\nX: y\n\r\n",
        "0\r\n\n"
      })
  void aChunkThatIsNoneIsRefusedAndTheBackendGetsNoEnd(String chunk) throws Exception {
    try (Wire client = rig.client()) {
      client.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n");
      Wire server = backend.take();
      server.head();
      server.until("abc\r\n");
      client.send(chunk);
      assertThat(client.rest()).startsWith("HTTP/1.1 400 ").contains("bad-request");
      assertThat(server.rest()).doesNotContain("0\r\n\r\n");
      awaitEvents("CLIENT_GONE");
    }
  }

  @Test
  void chunksMayComeByteByByteWithExtensionsAndTrailers() throws Exception {
    try (Wire client = rig.client()) {
      client.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
      Wire server = backend.take();
      server.head();
      String body = "3;a=\"b\"\r\nghi\r\n00A\r\nklmnopqrst\r\n0;x\r\nT: u\r\n\r\n";
      for (int i = 0; i < body.length(); i++) {
        client.send(body.substring(i, i + 1));
      }
      client.send(GET);
      assertThat(server.chunks()).isEqualTo("ghiklmnopqrst");
      server.send(OK);
      assertThat(client.response()).endsWith("ok");
      assertThat(server.head()).startsWith("GET ");
    }
  }
}
