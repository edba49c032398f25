package dev.usher.it.harness;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The harness against itself, without a sidecar between client and backend. */
class HarnessTest {
  private final GateBackend backend = GateBackend.start();
  private final RawClient client = RawClient.connect(backend.port());

  @AfterEach
  void close() {
    client.close();
    backend.close();
  }

  @Test
  void aRequestIsInFlightUntilTheGateOpens() {
    client.get("/one", "X-Some: a", "x-some: b");
    Arrival arrival = backend.next();
    assertThat(backend.inFlightCount()).isEqualTo(1);
    assertThat(arrival.head().get("X-Some")).isEqualTo("a, b");
    assertThat(client.hasAnswer()).isFalse();
    arrival.answer(200, "text");
    assertThat(backend.inFlightCount()).isZero();
    assertThat(client.read().text()).isEqualTo("text");
  }

  @Test
  void anOpenGateAnswersWhatWaitsAndWhatComes() {
    client.get("/one");
    Await.until("arrived", () -> backend.inFlightCount() == 1);
    backend.open();
    assertThat(client.read().text()).isEqualTo("/one");
    client.get("/two");
    assertThat(client.read().text()).isEqualTo("/two");
    assertThat(backend.all().stream().map(Arrival::connection).distinct()).hasSize(1);
  }

  @Test
  void bodiesOfBothFramingsAreRead() {
    client.post("/one", "fixed");
    assertThat(backend.next().bodyText()).isEqualTo("fixed");
    backend.open();
    client.read();
    client.head("POST", "/two", "Transfer-Encoding: chunked");
    client.send("3;x=y\r\nabc\r\n2\r\nde\r\n0\r\nTrailer: 1\r\n\r\n");
    assertThat(client.read().status()).isEqualTo(200);
    assertThat(backend.all().get(1).bodyText()).isEqualTo("abcde");
  }

  @Test
  void aClientThatLeavesIsSeen() {
    client.get("/one");
    Arrival arrival = backend.next();
    client.abort();
    Await.until("gone", arrival::gone);
    assertThat(backend.inFlightCount()).isZero();
  }

  @Test
  void aBackendThatDiesAndComesBackIsSeen() {
    client.get("/one");
    backend.next();
    backend.die();
    assertThat(client.closedByPeer()).isTrue();
    backend.revive();
    backend.open();
    try (RawClient again = RawClient.connect(backend.port())) {
      assertThat(again.get("/two").read().text()).isEqualTo("/two");
    }
  }

  @Test
  void aResponseThatBreaksOffIsNotComplete() {
    client.get("/one");
    Arrival arrival = backend.next();
    arrival.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf!");
    arrival.hangUp();
    assertThat(client.read().complete()).isFalse();
  }

  @Test
  void interimResponsesAreReadOver() {
    client.head("POST", "/one", "Expect: 100-continue", "Content-Length: 2");
    assertThat(client.readAny().status()).isEqualTo(100);
    client.send("hi");
    backend.next().write("HTTP/1.1 103 Early Hints\r\n\r\n").answer(204, "");
    assertThat(client.read().status()).isEqualTo(204);
  }

  @Test
  void whatIsNotReadStalls() {
    backend.read(false);
    client.post("/one", "body");
    Arrival arrival = backend.next();
    assertThat(arrival.body().count()).isZero();
    backend.read(true);
    assertThat(arrival.bodyText()).isEqualTo("body");
  }
}
