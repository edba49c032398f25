package dev.usher.it.retry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.usher.it.harness.AdminClient;
import dev.usher.it.harness.Await;
import dev.usher.it.harness.Configs;
import dev.usher.it.harness.GateBackend;
import dev.usher.it.harness.RawClient;
import dev.usher.it.harness.UsherProcess;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backends that come back: disabled by sticky mode, or slowly. */
class ComebackIT {
  private final GateBackend backend = GateBackend.start();

  private String config(Path data, String settings) {
    return Configs.ports()
        + """
          data: %s
          routes: [{director: app}]
          directors:
            app:
              %s
              health-check: {kind: tcp, interval: 50ms}
              backends:
                b1: {url: "%s", capacity: 20}
          """
            .formatted(data, settings, backend.url());
  }

  private static JsonNode backend(AdminClient admin) {
    return admin.read("/director/app/backends/b1");
  }

  private void failAndRecover(UsherProcess usher) {
    AdminClient admin = usher.admin();
    backend.die();
    try (RawClient client = usher.connect()) {
      client.get("/fails");
      Await.until(
          "it is offline", () -> backend(admin).at("/health/state").asText().equals("offline"));
    }
    backend.open().revive();
    Await.until("it is online", () -> backend(admin).at("/health/state").asText().equals("online"));
  }

  @Test
  void aStickyBackendStaysDisabledWithReasonAndTimeOverARestartUntilItIsEnabled(
      @TempDir Path data) {
    String yaml = config(data, "sticky-offline-mode: true");
    Instant begin = Instant.now().minusSeconds(1);
    try (backend) {
      JsonNode disabled;
      try (UsherProcess usher = UsherProcess.start(yaml)) {
        assertThat(backend(usher.admin()).at("/enabled").asBoolean()).isTrue();
        failAndRecover(usher);
        assertThat(backend(usher.admin()).at("/enabled").asBoolean()).isFalse();
        disabled = backend(usher.admin()).at("/disabled");
        assertThat(disabled.at("/reason").asText()).isEqualTo("sticky-offline-mode: no connection");
        assertThat(Instant.parse(disabled.at("/at").asText())).isBetween(begin, Instant.now());
        usher.terminate();
        assertThat(usher.awaitExit()).isZero();
      }
      try (UsherProcess usher = UsherProcess.start(yaml);
          RawClient client = usher.connect()) {
        AdminClient admin = usher.admin();
        assertThat(backend(admin).at("/enabled").asBoolean()).isFalse();
        assertThat(backend(admin).at("/disabled")).isEqualTo(disabled);
        admin.unlock("/director/app/backends/b1").expect(204);
        assertThat(backend(admin).has("disabled")).isFalse();
        assertThat(client.get("/serves").read().status()).isEqualTo(200);
      }
    }
  }

  @Test
  void aBackendThatComesBackTakesMoreByAndBy(@TempDir Path data) {
    try (backend;
        UsherProcess usher = UsherProcess.start(config(data, "slow-start: 1h"))) {
      AdminClient admin = usher.admin();
      assertThat(backend(admin).at("/capacity-now").asInt()).isEqualTo(20);
      failAndRecover(usher);
      assertThat(backend(admin).at("/capacity-now").asInt()).isEqualTo(2);
      assertThat(backend(admin).at("/capacity").asInt()).isEqualTo(20);
      assertThat(admin.read("/director/app").at("/capacity").asInt()).isEqualTo(2);
      admin.post("/director/app", "{\"slow-start\": \"1s\"}").expect(200);
      Await.until("it is warm", () -> admin.read("/director/app").at("/capacity").asInt() == 20);
    }
  }
}
