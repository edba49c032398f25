package dev.usher.it.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.it.harness.Answer;
import dev.usher.it.harness.Configs;
import dev.usher.it.harness.GateBackend;
import dev.usher.it.harness.RawClient;
import dev.usher.it.harness.Stage;
import dev.usher.it.harness.TestDirector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class BodyLimitIT {
  @RegisterExtension
  static final Stage STAGE = Stage.with("max-body-size: 64KiB\n" + Configs.pool());

  private final GateBackend backend = STAGE.backend();
  private final TestDirector app = STAGE.director().backend("b1", backend, 10).create();

  @Test
  void takesABodyOfExactlyTheLimit() {
    backend.open();
    RawClient client = STAGE.client().post(app.path("x"), "x".repeat(64 * 1024));
    assertThat(client.read().status()).isEqualTo(200);
    assertThat(backend.all().get(0).body().count()).isEqualTo(64 * 1024);
  }

  @Test
  void refusesALengthOverTheLimitBeforeAnyBackendSeesIt() {
    RawClient client =
        STAGE.client().head("POST", app.path("x"), "Content-Length: " + (64 * 1024 + 1));
    Answer answer = client.read();
    assertThat(answer.status()).isEqualTo(413);
    assertThat(answer.reason()).isEqualTo("body-too-large");
    assertThat(client.closedByPeer()).isTrue();
    assertThat(backend.total()).isZero();
  }

  @Test
  void breaksOffAChunkedBodyThatGrowsOverTheLimit() {
    RawClient client =
        STAGE
            .client()
            .head("POST", app.path("x"), "Transfer-Encoding: chunked")
            .send("10001\r\n" + "x".repeat(0x10001) + "\r\n0\r\n\r\n");
    assertThat(client.read().status()).isEqualTo(413);
    assertThat(backend.all()).noneMatch(arrival -> arrival.awaitBody().bodyComplete());
    app.awaitRest();
  }
}
