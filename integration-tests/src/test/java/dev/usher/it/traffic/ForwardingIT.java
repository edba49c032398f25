package dev.usher.it.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.it.harness.Answer;
import dev.usher.it.harness.Arrival;
import dev.usher.it.harness.GateBackend;
import dev.usher.it.harness.RawClient;
import dev.usher.it.harness.Stage;
import dev.usher.it.harness.TestDirector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ForwardingIT {
  @RegisterExtension static final Stage STAGE = Stage.standard();

  private final GateBackend backend = STAGE.backend();
  private final TestDirector app = STAGE.director().backend("b1", backend, 10).create();

  @Test
  void keepsConnectionsAliveOnBothSides() {
    RawClient client = STAGE.client();
    for (int i = 0; i < 3; i++) {
      client.get(app.path("r" + i));
      backend.next().answer();
      assertThat(client.read().text()).isEqualTo(app.path("r" + i));
    }
    assertThat(backend.all().stream().map(Arrival::connection).distinct()).hasSize(1);
  }

  @Test
  void closesTheConnectionWhenTheClientAsksForIt() {
    backend.open();
    RawClient client = STAGE.client().get(app.path("x"), "Connection: close");
    assertThat(client.read().status()).isEqualTo(200);
    assertThat(client.closedByPeer()).isTrue();
  }

  @Test
  void servesAnHttp10Client() {
    backend.open();
    RawClient client = STAGE.client().send("GET " + app.path("x") + " HTTP/1.0\r\nHost: h\r\n\r\n");
    assertThat(client.read().text()).isEqualTo(app.path("x"));
    assertThat(client.closedByPeer()).isTrue();
  }

  @Test
  void opensANewConnectionWhenTheBackendHasClosedAnIdleOne() {
    RawClient client = STAGE.client();
    for (int i = 0; i < 3; i++) {
      client.get(app.path("x"));
      Arrival arrival = backend.next();
      arrival.answer();
      assertThat(client.read().status()).isEqualTo(200);
      arrival.hangUp();
    }
    assertThat(app.health("b1")).isEqualTo("online");
  }

  @Test
  void takesTheTargetFromAnAbsoluteForm() {
    STAGE
        .client()
        .send("GET http://shop.example:81" + app.path("x?y=1") + " HTTP/1.1\r\n")
        .send("Host: shop.example:81\r\n\r\n");
    Arrival arrival = backend.next();
    assertThat(arrival.target()).isEqualTo(app.path("x?y=1"));
    assertThat(arrival.head().get("X-Forwarded-Host")).isEqualTo("shop.example:81");
    arrival.answer();
  }

  @Test
  void passesTheTargetOnByteForByte() {
    String target = app.path("a%2Fb;m=1/%C3%A4//c/../d?q=1%202&x|y=[z]{0}&&e=");
    STAGE.client().get(target);
    Arrival arrival = backend.next();
    assertThat(arrival.target()).isEqualTo(target);
    arrival.answer();
  }

  @ParameterizedTest
  @ValueSource(strings = {"OPTIONS", "PUT", "PATCH", "DELETE", "PURGE"})
  void passesAnyMethodWithItsBody(String method) {
    RawClient client =
        STAGE.client().head(method, app.path("x"), "Content-Length: 5").send("hello");
    Arrival arrival = backend.next();
    assertThat(arrival.method()).isEqualTo(method);
    assertThat(arrival.bodyText()).isEqualTo("hello");
    arrival.answer(201, "done");
    Answer answer = client.read();
    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.text()).isEqualTo("done");
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 201, 302, 400, 404, 418, 500, 502, 503, 504, 599})
  void passesAnyStatusOfABackendWithoutAReasonOfItsOwn(int status) {
    RawClient client = app.send("x");
    backend.next().answer(status, "text " + status);
    Answer answer = client.read();
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.text()).isEqualTo("text " + status);
    assertThat(answer.reason()).isEmpty();
    assertThat(answer.get("Retry-After")).isEmpty();
  }

  @Test
  void keepsAHeadResponsesLengthAndTheConnectionInStep() {
    RawClient client = STAGE.client().head("HEAD", app.path("x"));
    backend.next().answer(200, "twelve bytes");
    Answer head = client.read();
    assertThat(head.get("Content-Length")).isEqualTo("12");
    client.get(app.path("y"));
    backend.next().answer();
    assertThat(client.read().text()).isEqualTo(app.path("y"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"204 No Content\r\n", "304 Not Modified\r\nContent-Length: 100\r\n"})
  void answersWithoutABodyStayWithoutOne(String start) {
    RawClient client = app.send("x");
    Arrival arrival = backend.next();
    arrival.end();
    arrival.write("HTTP/1.1 " + start + "ETag: \"1\"\r\n\r\n");
    Answer answer = client.read();
    assertThat(answer.status()).isEqualTo(Integer.parseInt(start.substring(0, 3)));
    assertThat(answer.get("ETag")).isEqualTo("\"1\"");
    client.get(app.path("y"));
    backend.next().answer();
    assertThat(client.read().text()).isEqualTo(app.path("y"));
  }

  @Test
  void passesRepeatedFieldsOneByOne() {
    RawClient client = app.send("x", "Accept: a", "Accept: b");
    Arrival arrival = backend.next();
    assertThat(arrival.head().get("Accept")).isEqualTo("a, b");
    arrival.answer(200, "", "Set-Cookie: a=1", "Set-Cookie: b=2");
    assertThat(client.read().head().all("Set-Cookie")).containsExactly("a=1", "b=2");
  }

  @Test
  void answersPipelinedRequestsInTheirOrder() {
    RawClient client = STAGE.client();
    client.send(
        "GET %s HTTP/1.1\r\nHost: h\r\n\r\nGET %s HTTP/1.1\r\nHost: h\r\n\r\n"
            .formatted(app.path("first"), app.path("second")));
    backend.next().answer();
    assertThat(client.read().text()).isEqualTo(app.path("first"));
    backend.next().answer();
    assertThat(client.read().text()).isEqualTo(app.path("second"));
  }

  @Test
  void answersHundredsOfPipelinedRequests() {
    backend.open();
    StringBuilder requests = new StringBuilder();
    for (int i = 0; i < 300; i++) {
      requests.append("GET ").append(app.path("p" + i)).append(" HTTP/1.1\r\nHost: h\r\n\r\n");
    }
    RawClient client = STAGE.client().send(requests.toString());
    for (int i = 0; i < 300; i++) {
      assertThat(client.read().text()).isEqualTo(app.path("p" + i));
    }
    app.awaitRest();
  }

  /** RFC 9112 section 2.2 says that a server should ignore it; refusing it is safe too. */
  @Test
  void anEmptyLineBeforeARequestIsIgnoredOrRefused() {
    backend.open();
    RawClient client = STAGE.client().send("\r\n").get(app.path("x"));
    assertThat(client.read().status()).isIn(200, 400);
  }

  @Test
  void takesARequestThatComesByteByByte() {
    backend.open();
    RawClient client = STAGE.client();
    String request =
        "POST " + app.path("x") + " HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\nhi";
    for (int i = 0; i < request.length(); i++) {
      client.send(request.substring(i, i + 1));
    }
    assertThat(client.read().status()).isEqualTo(200);
    assertThat(backend.all().get(0).bodyText()).isEqualTo("hi");
  }
}
