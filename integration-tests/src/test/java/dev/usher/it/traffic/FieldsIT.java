package dev.usher.it.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.it.harness.Answer;
import dev.usher.it.harness.Arrival;
import dev.usher.it.harness.GateBackend;
import dev.usher.it.harness.Head;
import dev.usher.it.harness.RawClient;
import dev.usher.it.harness.Stage;
import dev.usher.it.harness.TestDirector;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FieldsIT {
  @RegisterExtension static final Stage STAGE = Stage.standard();

  private final GateBackend backend = STAGE.backend();
  private final TestDirector app = STAGE.director().backend("b1", backend, 10).create();

  @ParameterizedTest
  @ValueSource(
      strings = {"X-Hop", "Keep-Alive", "Proxy-Connection", "TE", "Upgrade", "X-Director-Bucket"})
  void keepsAHopByHopFieldOfTheClientFromTheBackend(String name) {
    RawClient client =
        app.send(
            "x",
            "Connection: keep-alive, X-Hop",
            "X-Hop: 1",
            "Keep-Alive: timeout=5",
            "Proxy-Connection: keep-alive",
            "TE: trailers",
            "Upgrade: foo/2",
            "X-Director-Bucket: root",
            "X-End-To-End: 2");
    Arrival arrival = backend.next();
    assertThat(arrival.head().has(name)).isFalse();
    assertThat(arrival.head().get("Connection")).doesNotContain("X-Hop");
    assertThat(arrival.head().get("X-End-To-End")).isEqualTo("2");
    arrival.answer();
    assertThat(client.read().status()).isEqualTo(200);
  }

  @Test
  void keepsHopByHopFieldsOfTheBackendFromTheClient() {
    RawClient client = app.send("x");
    backend
        .next()
        .answer(
            200,
            "text",
            "Connection: X-Back, keep-alive",
            "X-Back: 1",
            "Keep-Alive: timeout=77",
            "Proxy-Connection: close",
            "X-End-To-End: 2");
    Answer answer = client.read();
    assertThat(answer.head().has("X-Back")).isFalse();
    assertThat(answer.get("Keep-Alive")).doesNotContain("77");
    assertThat(answer.head().has("Proxy-Connection")).isFalse();
    assertThat(answer.get("Connection")).doesNotContain("X-Back");
    assertThat(answer.get("X-End-To-End")).isEqualTo("2");
  }

  @Test
  void saysWhoForwardsForWhom() {
    STAGE.client().send("GET " + app.path("x") + " HTTP/1.1\r\nHost: shop.example\r\n\r\n");
    Head head = backend.next().head();
    assertThat(head.get("Via")).matches("(HTTP/)?1\\.1 \\S+.*");
    assertThat(head.get("X-Forwarded-For")).isEqualTo("127.0.0.1");
    assertThat(head.get("X-Forwarded-Proto")).isEqualTo("http");
    assertThat(head.get("X-Forwarded-Host")).isEqualTo("shop.example");
    assertThat(head.get("Forwarded").replace("\"", ""))
        .contains("for=127.0.0.1")
        .contains("proto=http")
        .contains("host=shop.example");
  }

  @Test
  void appendsItselfToEarlierProxies() {
    app.send(
        "x", "Via: 1.0 first", "X-Forwarded-For: 10.1.1.1", "Forwarded: for=10.1.1.1;proto=https");
    Head head = backend.next().head();
    assertThat(head.get("Via")).matches("1\\.0 first, (HTTP/)?1\\.1 \\S+.*");
    assertThat(head.get("X-Forwarded-For").replace(" ", "")).isEqualTo("10.1.1.1,127.0.0.1");
    assertThat(head.get("Forwarded"))
        .startsWith("for=10.1.1.1;proto=https")
        .contains("for=127.0.0.1");
  }

  @Test
  void tellsTheClientWhoServedIt() {
    RawClient client = app.send("x");
    backend.next().answer();
    Answer answer = client.read();
    assertThat(answer.get("X-Director-Cluster")).isEqualTo(app.name());
    assertThat(answer.get("X-Director-Backend")).isEqualTo("b1");
    assertThat(answer.get("X-Director-Bucket")).isEqualTo("root");
  }

  @Test
  void tellsTheClientNothingWhenResponseTagsAreOff() {
    app.post("{'response-tags': false}").expect(200);
    RawClient client = app.send("x");
    backend.next().answer();
    Answer answer = client.read();
    assertThat(answer.head().has("X-Director-Cluster")).isFalse();
    assertThat(answer.head().has("X-Director-Backend")).isFalse();
    assertThat(answer.head().has("X-Director-Bucket")).isFalse();
  }

  @Test
  void aBackendsOwnTagsDoNotPassForTheSidecars() {
    RawClient client = app.send("x");
    backend.next().answer(200, "", "X-Director-Backend: forged");
    Answer answer = client.read();
    assertThat(answer.head().all("X-Director-Backend")).containsExactly("b1");
  }

  @Test
  void servesAClientThatUsesItAsItsProxy() throws IOException, InterruptedException {
    backend.open();
    HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .proxy(
                ProxySelector.of(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), STAGE.usher().port())))
            .build();
    HttpResponse<String> response =
        client.send(
            HttpRequest.newBuilder(URI.create("http://shop.example" + app.path("x"))).build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(response.body()).isEqualTo(app.path("x"));
    assertThat(backend.all().get(0).head().get("X-Forwarded-Host")).isEqualTo("shop.example");
  }
}
