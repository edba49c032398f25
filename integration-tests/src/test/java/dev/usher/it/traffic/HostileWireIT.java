package dev.usher.it.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.it.harness.Answer;
import dev.usher.it.harness.GateBackend;
import dev.usher.it.harness.RawClient;
import dev.usher.it.harness.Stage;
import dev.usher.it.harness.TestDirector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostileWireIT {
  @RegisterExtension static final Stage STAGE = Stage.standard();

  private final GateBackend backend = STAGE.backend().open();
  private final TestDirector app = STAGE.director().backend("b1", backend, 10).create();

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          length and chunks          | Host: h~Content-Length: 4~Transfer-Encoding: chunked~~0~~
          two lengths                | Host: h~Content-Length: 4~Content-Length: 5~~hello
          two equal lengths          | Host: h~Content-Length: 4~Content-Length: 4~~hell
          a list of lengths          | Host: h~Content-Length: 4, 5~~hello
          a negative length          | Host: h~Content-Length: -1~~
          a length with a sign       | Host: h~Content-Length: +4~~hell
          a length in hex            | Host: h~Content-Length: 0x4~~hell
          a length beyond 63 bits    | Host: h~Content-Length: 99999999999999999999~~hell
          an empty length            | Host: h~Content-Length:~~
          gzip as transfer coding    | Host: h~Transfer-Encoding: gzip~~0~~
          gzip before chunked        | Host: h~Transfer-Encoding: gzip, chunked~~0~~
          chunked twice              | Host: h~Transfer-Encoding: chunked, chunked~~0~~
          two transfer encodings     | Host: h~Transfer-Encoding: chunked~Transfer-Encoding: identity~~0~~
          identity                   | Host: h~Transfer-Encoding: identity~~
          a hidden transfer encoding | Host: h~Transfer-Encoding: xchunked~~0~~
          a space before the colon   | Host: h~Transfer-Encoding : chunked~~0~~
          a field without a name     | Host: h~: value~~
          a field without a colon    | Host: h~nonsense~~
          NUL in a value             | Host: h~X-Nul: a%b~~
          no host                    | X-Some: field~~
          two hosts                  | Host: h~Host: i~~
          a host with a path         | Host: h/evil~~
          a host with a user         | Host: u@h~~
          """)
  void refusesWhatCouldBeReadTwoWays(String what, String fields) {
    String lines = fields.replace("~", "\r\n").replace('%', '\0');
    RawClient client = STAGE.client().send("POST " + app.path("x") + " HTTP/1.1\r\n" + lines);
    assertRefused(client, 400, 400);
  }

  private void assertRefused(RawClient client, int oneOf, int orOneOf) {
    Answer answer = client.read();
    assertThat(answer.status()).isIn(oneOf, orOneOf);
    assertThat(client.closedByPeer()).isTrue();
    assertThat(backend.total()).isZero();
    RawClient good = app.send("good");
    assertThat(good.read().status()).isEqualTo(200);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          no target         | GET HTTP/1.1
          no version        | GET /x
          another protocol  | GET /x FTP/1.1
          a space too much  | GET /x y HTTP/1.1
          a method with ()  | G(E)T /x HTTP/1.1
          not even a line   | %%%%%%%%%%%%%%%%%
          """)
  void refusesABrokenRequestLine(String what, String line) {
    RawClient client = STAGE.client().send(line.replace('%', '\1') + "\r\nHost: h\r\n\r\n");
    assertRefused(client, 400, 505);
  }

  @Test
  void refusesATargetAndAHostThatDisagree() {
    RawClient client = STAGE.client();
    client.send("GET http://one.example" + app.path("x") + " HTTP/1.1\r\nHost: two\r\n\r\n");
    assertRefused(client, 400, 400);
  }

  @Test
  void isNoTunnel() {
    Answer answer = STAGE.client().send("CONNECT h:443 HTTP/1.1\r\nHost: h:443\r\n\r\n").read();
    assertThat(answer.status()).isIn(400, 404, 405, 501);
    assertThat(backend.total()).isZero();
  }

  @Test
  void aFoldedLineIsRefusedOrUnfolded() {
    RawClient client =
        STAGE
            .client()
            .send("GET " + app.path("x") + " HTTP/1.1\r\nHost: h\r\nX-Folded: a\r\n b\r\n\r\n");
    if (client.read().status() == 200) {
      assertThat(backend.all().get(0).head().all("X-Folded")).containsExactly("a b");
    } else {
      assertThat(client.closedByPeer()).isTrue();
    }
  }

  @Test
  void refusesBareLineFeeds() {
    assertRefused(STAGE.client().send("GET " + app.path("x") + " HTTP/1.1\nHost: h\n\n"), 400, 400);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a size that is no number | zz~hello~0~~
          more than its size       | 3~hello~0~~
          a negative size          | -5~hello~0~~
          a size beyond 63 bits    | fffffffffffffffff~hello~0~~
          """)
  void brokenChunksNeverLookLikeAWholeBody(String what, String chunks) {
    RawClient client =
        STAGE
            .client()
            .head("POST", app.path("x"), "Transfer-Encoding: chunked")
            .send(chunks.replace("~", "\r\n"));
    assertThat(client.readToEnd())
        .satisfiesAnyOf(
            none -> assertThat(none).isEmpty(), bad -> assertThat(bad).startsWith("HTTP/1.1 400"));
    assertThat(backend.all()).noneMatch(arrival -> arrival.awaitBody().bodyComplete());
    app.awaitRest();
  }

  @Test
  void refusesAHeadThatIsTooLarge() {
    RawClient client = STAGE.client();
    client.send("GET " + app.path("x") + " HTTP/1.1\r\nHost: h\r\nX-Large: ");
    try {
      for (int i = 0; i < 64; i++) {
        client.send("x".repeat(16 * 1024));
      }
      client.send("\r\n\r\n");
    } catch (java.io.UncheckedIOException refusedAlready) {
      assertThat(refusedAlready).hasMessageContaining("Broken pipe");
    }
    assertThat(backend.total()).isZero();
    assertThat(app.send("good").read().status()).isEqualTo(200);
  }

  @Test
  void takesAHeadOfSomeSize() {
    RawClient client = app.send("x", "X-Large: " + "x".repeat(24 * 1024));
    assertThat(client.read().status()).isEqualTo(200);
    assertThat(backend.all().get(0).head().get("X-Large")).hasSize(24 * 1024);
  }

  @Test
  void aSlowHeadDoesNotHoldUpOthers() {
    RawClient slow = STAGE.client().send("GET " + app.path("slow") + " HTTP/1.1\r\nHos");
    for (int i = 0; i < 20; i++) {
      assertThat(app.send("quick").read().status()).isEqualTo(200);
    }
    slow.send("t: h\r\n\r\n");
    assertThat(slow.read().text()).isEqualTo(app.path("slow"));
  }

  @Test
  void manyClientsThatSendNothingDoNotHoldUpOthers() {
    for (int i = 0; i < 300; i++) {
      STAGE.client();
    }
    assertThat(app.send("quick").read().status()).isEqualTo(200);
  }

  @Test
  void theBodyOfARefusedRequestIsNotReadAsARequest() {
    app.post("{'enabled':false}").expect(200);
    String evil = "GET " + app.path("evil") + " HTTP/1.1\r\nHost: h\r\n\r\n";
    RawClient client = STAGE.client().post(app.path("x"), evil.repeat(2_000));
    assertThat(client.read().reason()).isEqualTo("disabled");
    app.post("{'enabled':true}").expect(200);
    assertThat(app.send("good").read().status()).isEqualTo(200);
    assertThat(backend.all()).noneMatch(arrival -> arrival.target().endsWith("evil"));
  }

  @Test
  void aSmuggledRequestAfterABodyIsNotServedAsAnAnswerToAnother() {
    RawClient client =
        STAGE
            .client()
            .post(app.path("one"), "hello")
            .send("GET " + app.path("two") + " HTTP/1.1\r\nHost: h\r\n\r\n");
    assertThat(client.read().text()).isEqualTo(app.path("one"));
    assertThat(client.read().text()).isEqualTo(app.path("two"));
    assertThat(backend.total()).isEqualTo(2);
  }
}
