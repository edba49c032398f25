package dev.usher.it.retry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.it.harness.Answer;
import dev.usher.it.harness.Arrival;
import dev.usher.it.harness.GateBackend;
import dev.usher.it.harness.RawClient;
import dev.usher.it.harness.Stage;
import dev.usher.it.harness.TestDirector;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BrokenBackendIT {
  @RegisterExtension static final Stage STAGE = Stage.standard();

  private final GateBackend backend = STAGE.backend();
  private final TestDirector app =
      STAGE
          .director()
          .backend("b1", backend, 2)
          .set("'read-timeout':'300ms','client-timeout':'400ms'")
          .create();

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          no HTTP at all          | SSH-2.0-OpenSSH_9.2~~
          a status of letters     | HTTP/1.1 abc Bad~~
          two different lengths   | HTTP/1.1 200 OK~Content-Length: 4~Content-Length: 5~~hello
          a length of letters     | HTTP/1.1 200 OK~Content-Length: abc~~hello
          an unknown coding       | HTTP/1.1 200 OK~Transfer-Encoding: gzip~~hello
          length and chunks       | HTTP/1.1 200 OK~Content-Length: 3~Transfer-Encoding: chunked~~5~hello~0~~
          half a head             | HTTP/1.1 200 OK~X-Half:
          """)
  void aBrokenAnswerIs502(String what, String raw) {
    RawClient client = app.send("x");
    Arrival arrival = backend.next();
    arrival.write(raw.replace("~", "\r\n"));
    arrival.hangUp();
    Answer answer = client.read();
    assertThat(answer.status()).isEqualTo(502);
    assertThat(answer.reason()).isIn("broken-response", "connection-reset");
    assertThat(backend.total()).isEqualTo(1);
    app.awaitRest();
  }

  @Test
  void aBackendThatSaysNothingIs504() {
    RawClient client = app.send("x");
    Arrival arrival = backend.next();
    Answer answer = client.read();
    assertThat(answer.status()).isEqualTo(504);
    assertThat(answer.reason()).isEqualTo("backend-timeout");
    arrival.awaitBody();
    app.awaitRest();
    assertThat(backend.total()).as("not repeated").isEqualTo(1);
  }

  @Test
  void aClientThatStopsInTheMiddleOfItsUploadIsNotTheBackendsFault() {
    RawClient client =
        STAGE.client().head("POST", app.path("x"), "Content-Length: 10").send("half!");
    Arrival arrival = backend.next();
    Answer answer = client.read();
    assertThat(answer.status()).isEqualTo(408);
    assertThat(answer.reason()).isEqualTo("client-timeout");
    assertThat(arrival.awaitBody().bodyComplete()).isFalse();
    app.awaitRest();
    assertThat(app.health("b1")).isEqualTo("online");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Content-Length: 100", "Transfer-Encoding: chunked"})
  void aResponseThatBreaksOffNeverLooksWhole(String framing) {
    RawClient client = app.send("x");
    Arrival arrival = backend.next();
    arrival.write("HTTP/1.1 200 OK\r\n" + framing + "\r\n\r\n5\r\nhello\r\n");
    arrival.hangUp();
    Answer answer = client.read();
    // Broken off before the head went out it is a whole 502, afterwards half an answer.
    assertThat(answer.status() == 502 && answer.reason().equals("broken-response"))
        .isNotEqualTo(answer.status() == 200 && !answer.complete());
    app.awaitRest();
    assertThat(backend.total()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Content-Length: 100", "Transfer-Encoding: chunked"})
  void aResponseThatStallsIsBrokenOff(String framing) {
    RawClient client = app.send("x");
    backend.next().write("HTTP/1.1 200 OK\r\n" + framing + "\r\n\r\n5\r\nhello\r\n");
    assertThat(client.read().complete()).isFalse();
    app.awaitRest();
  }

  @Test
  void bytesAfterAResponseAreNotTheAnswerToTheNextRequest() {
    RawClient client = app.send("one");
    Arrival arrival = backend.next();
    arrival.end();
    arrival.write(
        "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\noneHTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil");
    assertThat(client.read().text()).isEqualTo("one");
    app.awaitRest();
    client.get(app.path("two"));
    backend.next().answer(200, "two");
    assertThat(client.read().text()).isEqualTo("two");
  }

  /** A long body is read to its last byte and no further: what is behind it is not seen with it. */
  @Test
  void bytesBehindALongResponseAreNotTheAnswerToWhoWaits() {
    backend.script(
        arrival -> {
          arrival.end();
          String text = arrival.target() + "\n" + "x".repeat(100_000);
          arrival.write(
              "HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s%s"
                  .formatted(
                      text.length(), text, "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil"));
        });
    List<RawClient> clients = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      clients.add(app.send("r" + i));
    }
    for (int i = 0; i < clients.size(); i++) {
      assertThat(clients.get(i).read().text()).startsWith(app.path("r" + i) + "\n");
    }
    app.awaitRest();
  }

  @Test
  void anAnswerBeforeTheUploadEndedDoesNotPoisonTheConnection() {
    RawClient client =
        STAGE.client().head("POST", app.path("x"), "Content-Length: 10").send("half!");
    Arrival arrival = backend.next();
    arrival.end();
    arrival.write("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nsoon");
    assertThat(client.read().text()).isEqualTo("soon");
    app.awaitRest();
    RawClient other = app.send("y");
    Arrival next = backend.next();
    assertThat(next.target()).isEqualTo(app.path("y"));
    next.answer();
    assertThat(other.read().text()).isEqualTo(app.path("y"));
  }
}
