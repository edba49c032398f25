package dev.usher.it.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.usher.it.harness.AdminClient;
import dev.usher.it.harness.Await;
import dev.usher.it.harness.GateBackend;
import dev.usher.it.harness.RawClient;
import dev.usher.it.harness.UsherJar;
import dev.usher.it.harness.UsherProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PersistenceIT {
  private static final String APP = "app: {queue-limit: 5, buckets: {vip: {rate: 10%}}}";

  private final DataFolder data;

  PersistenceIT(@TempDir Path folder) {
    data = new DataFolder(folder.resolve("data"));
  }

  private static JsonNode config(UsherProcess usher, String director) {
    return usher.admin().read("/director/" + director + "/config");
  }

  @Test
  void whatTheApiAcknowledgedSurvivesAKill() {
    JsonNode before;
    try (UsherProcess usher = data.start("")) {
      AdminClient admin = usher.admin();
      admin.put("/director/app", "{'buckets':{'vip':{'rate':'10%'}}}").expect(201);
      admin
          .put("/director/app/backends/b1", "{'url':'http://127.0.0.1:9','capacity':7}")
          .expect(201);
      admin.put("/director/app/buckets/batch?parent=vip", "{'ceil':'50%'}").expect(201);
      admin.lock("/director/app/backends/b1").expect(204);
      admin.put("/director/gone", "{}").expect(201);
      admin.delete("/director/gone").expect(204);
      before = admin.read("/director/app/config");
      usher.kill();
    }
    try (UsherProcess usher = data.start("")) {
      assertThat(config(usher, "app")).isEqualTo(before);
      assertThat(before.at("/backends/b1/enabled").asBoolean(true)).isFalse();
      assertThat(usher.admin().get("/director/gone").status()).isEqualTo(404);
      assertThat(usher.log()).doesNotContain(" ERROR ").doesNotContain(" WARN ");
    }
  }

  @Test
  void changesOfAFilesDirectorStayAndTheFileWinsWhereItHasChanged() {
    try (UsherProcess usher = data.start(APP)) {
      usher.admin().post("/director/app", "{'queue-limit':50,'max-retry-count':9}").expect(200);
      usher.admin().post("/director/app/buckets/vip", "{'rate':'30%'}").expect(200);
      usher.kill();
    }
    try (UsherProcess usher = data.start(APP)) {
      assertThat(config(usher, "app").at("/queue-limit").asInt()).isEqualTo(50);
      usher.kill();
    }
    try (UsherProcess usher = data.start(APP.replace("queue-limit: 5", "queue-limit: 6"))) {
      JsonNode config = config(usher, "app");
      assertThat(config.at("/queue-limit").asInt()).as("the file's").isEqualTo(6);
      assertThat(config.at("/max-retry-count").asInt()).as("the runtime's").isEqualTo(9);
      assertThat(config.at("/buckets/vip/rate").asText()).as("the runtime's").isEqualTo("30%");
      assertThat(usher.log()).contains("director app").contains("queue-limit").contains("50");
    }
  }

  @Test
  void aFilesDirectorThatWasRemovedStaysAwayUntilTheFileChangesIt() {
    try (UsherProcess usher = data.start(APP)) {
      usher.admin().delete("/director/app").expect(204);
    }
    try (UsherProcess usher = data.start(APP)) {
      assertThat(usher.admin().get("/director/app").status()).isEqualTo(404);
    }
    try (UsherProcess usher = data.start("app: {queue-limit: 6}")) {
      assertThat(config(usher, "app").at("/queue-limit").asInt()).isEqualTo(6);
    }
  }

  @Test
  void countersAndHistoryGoOnAfterAStopInGoodOrder() {
    try (GateBackend backend = GateBackend.start().open()) {
      String app = "backends: {b1: {url: '%s', capacity: 5}}".formatted(backend.url());
      String yaml = data.config("app: {" + app + "}").replace("on-demand: true", "director: app");
      try (UsherProcess usher = UsherProcess.start(yaml)) {
        try (RawClient client = usher.connect()) {
          for (int i = 0; i < 10; i++) {
            assertThat(client.get("/x").read().status()).isEqualTo(200);
          }
        }
        usher.terminate();
        assertThat(usher.awaitExit()).isZero();
      }
      try (UsherProcess usher = UsherProcess.start(yaml)) {
        JsonNode app2 = usher.admin().read("/director/app");
        assertThat(app2.at("/stats/load/total").asInt()).isEqualTo(10);
        assertThat(app2.at("/shaper/stats/granted").asInt()).isEqualTo(10);
        assertThat(app2.at("/backends/0/load/total").asInt()).isEqualTo(10);
        Await.until(
            "the second in which they came is over",
            () -> {
              JsonNode now = usher.admin().read("/director/app");
              return sum(now.at("/backends/0/requests-per-second/history")) == 10
                  && sum(now.at("/shaper/requests-per-second/history")) == 10
                  && sum(now.at("/requests-per-second/history")) == 10;
            });
        assertThat(app2.at("/stats/load/current").asInt()).isZero();
      }
    }
  }

  private static int sum(JsonNode numbers) {
    int sum = 0;
    for (JsonNode number : numbers) {
      sum += number.asInt();
    }
    return sum;
  }

  @Test
  void aBackendThatWasOfflineIsOfflineAfterAKillAndProbedAgain() {
    try (GateBackend backend = GateBackend.start()) {
      String app =
          "health-check: {kind: tcp, interval: 100ms}, backends: {b1: {url: '%s', capacity: 5}}"
              .formatted(backend.url());
      String yaml = data.config("app: {" + app + "}").replace("on-demand: true", "director: app");
      backend.refuse();
      try (UsherProcess usher = UsherProcess.start(yaml)) {
        try (RawClient client = usher.connect()) {
          client.get("/x");
          Await.until("b1 is offline", () -> state(usher).equals("offline"));
        }
        Await.until("that is kept", () -> usher.admin().get("/health").status() == 200);
        Await.holds("it is offline", java.time.Duration.ofMillis(2_500), () -> true);
        usher.kill();
      }
      try (UsherProcess usher = UsherProcess.start(yaml)) {
        assertThat(state(usher)).isEqualTo("offline");
        backend.revive();
        Await.until("b1 is back", () -> state(usher).equals("online"));
      }
    }
  }

  private static String state(UsherProcess usher) {
    return usher.admin().read("/director/app").at("/backends/0/health/state").asText();
  }

  @Test
  void aSecondSidecarOnTheFolderRefusesAndNamesTheFirst() throws IOException {
    try (UsherProcess usher = data.start("")) {
      Path config = Files.writeString(data.file("second.yaml"), data.config(""));
      UsherJar.Ended second = UsherJar.run("run", "--config", config.toString());
      assertThat(second.exit()).isEqualTo(1);
      assertThat(second.err()).contains("in use by process " + usher.pid());
      assertThat(usher.admin().put("/director/app", "{}").status()).isEqualTo(201);
    }
  }

  @Test
  void theFolderAndItsFilesAreForTheirOwnerOnly() throws IOException {
    try (UsherProcess usher = data.start("")) {
      usher.admin().put("/director/app", "{}").expect(201);
      assertThat(permissions(data.path())).isEqualTo("rwx------");
      assertThat(data.files()).contains("directors.chm", "memories.chm", "state.lock");
      assertThat(permissions(data.file("directors.chm"))).isEqualTo("rw-------");
    }
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
