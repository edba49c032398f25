package dev.usher.it.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.it.harness.AdminClient;
import dev.usher.it.harness.Answer;
import dev.usher.it.harness.RawClient;
import dev.usher.it.harness.Reply;
import dev.usher.it.harness.Stage;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nobody but who may reaches the admin API, and nothing that is sent to it harms it. */
class SafetyIT {
  private static final int MEBIBYTE = 1024 * 1024;

  @RegisterExtension static final Stage STAGE = Stage.standard();

  private final AdminClient admin = STAGE.admin();
  private final int port = STAGE.usher().adminPort();

  private RawClient raw() {
    return STAGE.keep(RawClient.connect(port));
  }

  private Answer asHost(String host) {
    return raw().send("GET /director/ HTTP/1.1\r\nHost: " + host + "\r\n\r\n").read();
  }

  private Answer fromOrigin(String origin) {
    return raw().head("PUT", "/director/bad", "Origin: " + origin, "Content-Length: 0").read();
  }

  @Test
  void answersToItsLoopbackNames() {
    assertThat(asHost("127.0.0.1:" + port).status()).isEqualTo(200);
    assertThat(asHost("localhost:" + port).status()).isEqualTo(200);
    assertThat(asHost("[::1]:" + port).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "evil.example:80",
        "127.0.0.1.evil.example",
        "localhost.evil.example",
        "192.168.0.1",
        "127.0.0.1@evil.example",
        ""
      })
  void refusesAForeignHost(String host) {
    assertThat(asHost(host).status()).isIn(400, 403);
    assertThat(asHost(host + ":" + port).status()).isIn(400, 403);
  }

  @Test
  void saysWhyItRefusesAForeignHost() {
    Answer answer = asHost("evil.example");
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.text()).contains("\"error\"").contains("\"message\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://evil.example",
        "https://evil.example:443",
        "null",
        "http://localhost.evil.example"
      })
  void refusesAForeignOrigin(String origin) {
    assertThat(fromOrigin(origin).status()).isEqualTo(403);
    assertThat(admin.get("/director/bad").status()).isEqualTo(404);
  }

  @Test
  void acceptsItsOwnOrigin() {
    assertThat(fromOrigin("http://127.0.0.1:" + port).status()).isEqualTo(201);
    String host = "localhost:" + port;
    RawClient named =
        raw()
            .send(
                "PUT /director/bad HTTP/1.1\r\nHost: "
                    + host
                    + "\r\nOrigin: http://"
                    + host
                    + "\r\nContent-Length: 0\r\n\r\n");
    assertThat(named.read().status()).isEqualTo(200);
    admin.delete("/director/bad").expect(204);
  }

  @Test
  void takesABodyOfOneMebibyte() {
    String body = "{}" + " ".repeat(MEBIBYTE - 2);
    admin.put("/director/big", body).expect(201);
    admin.delete("/director/big").expect(204);
  }

  @Test
  void refusesABodyOverOneMebibyte() {
    Reply reply = admin.put("/director/big", "{}" + " ".repeat(MEBIBYTE - 1)).expect(413);
    assertThat(reply.json().at("/error").asText()).isNotEmpty();
    admin.get("/director/big").expect(404);
  }

  /** It would if the connection were ended before all of the body has come. */
  @Test
  void noClientThatIsStillSendingLosesTheRefusal() {
    String body = " ".repeat(4 * MEBIBYTE);
    for (int round = 0; round < 20; round++) {
      for (String path : List.of("/director/big", "/nonsense")) {
        RawClient client =
            raw().head("PUT", path, "Content-Length: " + body.length(), "Connection: close");
        client.send(body);
        assertThat(client.read().status()).isEqualTo(path.equals("/nonsense") ? 404 : 413);
        assertThat(client.closedByPeer()).isTrue();
      }
    }
  }

  @Test
  void refusesAChunkedBodyOverOneMebibyte() {
    RawClient client = raw().head("PUT", "/director/big", "Transfer-Encoding: chunked");
    client.send("100001\r\n{}" + " ".repeat(MEBIBYTE - 1) + "\r\n0\r\n\r\n");
    assertThat(client.read().status()).isEqualTo(413);
    admin.get("/director/big").expect(404);
  }

  @Test
  void isHealthyAndReady() {
    assertThat(admin.get("/health").status()).isEqualTo(200);
    assertThat(admin.get("/ready").status()).isEqualTo(200);
  }

  @Test
  void answersAreJsonThatNobodyCachesOrSniffs() {
    Reply reply = admin.get("/director/").expect(200);
    assertThat(reply.header("Content-Type")).startsWith("application/json");
    assertThat(admin.get("/nonsense").header("Content-Type")).startsWith("application/json");
  }

  @Test
  void aListenerForTrafficIsNoWayIn() {
    Answer answer = STAGE.client().get("/director/").read();
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.reason()).isEqualTo("no-route");
  }
}
