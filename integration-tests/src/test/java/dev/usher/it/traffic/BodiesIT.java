package dev.usher.it.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.it.harness.Answer;
import dev.usher.it.harness.Arrival;
import dev.usher.it.harness.Await;
import dev.usher.it.harness.GateBackend;
import dev.usher.it.harness.RawClient;
import dev.usher.it.harness.Stage;
import dev.usher.it.harness.TestDirector;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class BodiesIT {
  @RegisterExtension static final Stage STAGE = Stage.standard();

  private final GateBackend backend = STAGE.backend();
  private final TestDirector app =
      STAGE.director().backend("b1", backend, 10).set("'read-timeout':'5s'").create();

  private RawClient startChunkedUpload() {
    return STAGE
        .client()
        .head("POST", app.path("up"), "Transfer-Encoding: chunked")
        .send("5\r\nfirst\r\n");
  }

  @Test
  void passesAPieceOfARequestOnBeforeTheNextComes() {
    RawClient client = startChunkedUpload();
    Arrival arrival = backend.next();
    Await.until("the first piece is there", () -> arrival.body().count() == 5);
    client.send("6\r\nsecond\r\n0\r\n\r\n");
    assertThat(arrival.bodyText()).isEqualTo("firstsecond");
    arrival.answer();
    assertThat(client.read().status()).isEqualTo(200);
  }

  @Test
  void passesAPieceOfAResponseOnBeforeTheNextComes() {
    RawClient client = app.send("x");
    Arrival arrival = backend.next();
    arrival.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nfirst\r\n");
    assertThat(client.readUntil("first\r\n")).startsWith("HTTP/1.1 200");
    arrival.write("6\r\nsecond\r\n");
    assertThat(client.readUntil("second\r\n")).doesNotContain("\r\n0\r\n");
    arrival.end();
    arrival.write("0\r\n\r\n");
    assertThat(client.readUntil("\r\n\r\n")).isEqualTo("0\r\n\r\n");
    app.awaitRest();
  }

  @Test
  void passesTheHeadOfAResponseOnBeforeItsBodyComes() throws IOException {
    RawClient client = app.send("x");
    Arrival arrival = backend.next();
    arrival.write("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n");
    assertThat(client.readHead()).isNotNull();
    arrival.end();
    arrival.write("late");
    assertThat(client.readBytes(4)).isEqualTo("late");
  }

  @Test
  void givesAResponseThatEndsWithItsConnectionAnEndOfItsOwn() {
    RawClient client = app.send("x");
    Arrival arrival = backend.next();
    arrival.write("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nuntil the end");
    arrival.hangUp();
    Answer answer = client.read();
    assertThat(answer.complete()).isTrue();
    assertThat(answer.text()).isEqualTo("until the end");
  }

  @Test
  void lets100ContinueCome() {
    RawClient client =
        STAGE.client().head("POST", app.path("x"), "Expect: 100-continue", "Content-Length: 4");
    assertThat(client.readAny().status()).isEqualTo(100);
    client.send("body");
    Arrival arrival = backend.next();
    assertThat(arrival.bodyText()).isEqualTo("body");
    arrival.answer(200, "ok");
    assertThat(client.read().text()).isEqualTo("ok");
  }

  @Test
  void doesNotTakeA103ForTheFinalResponse() {
    RawClient client = app.send("x");
    Arrival arrival = backend.next();
    arrival.write("HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\n");
    arrival.answer(200, "final");
    Answer answer = client.read();
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text()).isEqualTo("final");
  }

  @Test
  void doesNotShowAnAbortedChunkedUploadAsComplete() {
    RawClient client = startChunkedUpload();
    Arrival arrival = backend.next();
    Await.until("the first piece is there", () -> arrival.body().count() == 5);
    client.abort();
    arrival.awaitBody();
    assertThat(arrival.bodyComplete()).isFalse();
    assertThat(arrival.gone()).isTrue();
    app.awaitRest();
  }

  @Test
  void doesNotShowAnUploadThatEndedTooSoonAsComplete() {
    RawClient client =
        STAGE.client().head("POST", app.path("x"), "Content-Length: 10").send("half!");
    Arrival arrival = backend.next();
    Await.until("the first half is there", () -> arrival.body().count() == 5);
    client.close();
    arrival.awaitBody();
    assertThat(arrival.bodyComplete()).isFalse();
    app.awaitRest();
  }

  @Test
  void passesAnEarlyRefusalOnThoughTheUploadGoesOn() {
    backend.read(false);
    RawClient client = startChunkedUpload();
    Arrival arrival = backend.next();
    arrival.end();
    arrival.write("HTTP/1.1 413 Too Large\r\nContent-Length: 2\r\nConnection: close\r\n\r\nno");
    Answer answer = client.read();
    assertThat(answer.status()).isEqualTo(413);
    assertThat(answer.text()).isEqualTo("no");
    app.awaitRest();
  }

  @Test
  void aBodyOnAGetGoesThrough() {
    RawClient client = STAGE.client().head("GET", app.path("x"), "Content-Length: 3").send("why");
    Arrival arrival = backend.next();
    assertThat(arrival.bodyText()).isEqualTo("why");
    arrival.answer();
    assertThat(client.read().status()).isEqualTo(200);
  }
}
