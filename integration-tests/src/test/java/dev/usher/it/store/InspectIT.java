package dev.usher.it.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.usher.it.harness.Await;
import dev.usher.it.harness.UsherJar;
import dev.usher.it.harness.UsherJar.Ended;
import dev.usher.it.harness.UsherProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectIT {
  private static final String APP =
      "app: {queue-limit: 5, backends: {b1: {url: 'http://127.0.0.1:9', capacity: 7}},"
          + " buckets: {vip: {rate: 10%, buckets: {inner: {rate: 50%}}}}}";

  private final DataFolder data;
  private final Path other;

  InspectIT(@TempDir Path folder) throws IOException {
    data = new DataFolder(folder.resolve("data"));
    other = Files.createDirectory(folder.resolve("other"));
  }

  private Ended inspect(String... arguments) {
    String[] all = new String[arguments.length + 2];
    all[0] = "inspect";
    all[1] = data.path().toString();
    System.arraycopy(arguments, 0, all, 2, arguments.length);
    return UsherJar.run(all);
  }

  private void change(UsherProcess usher) {
    usher.admin().post("/director/app", "{'queue-limit':50}").expect(200);
    usher.admin().lock("/director/app/backends/b1").expect(204);
    usher.admin().put("/director/other", "{}").expect(201);
  }

  @Test
  void showsDirectorsOfARunningSidecarWithTheirOverridesAndLetsItGoOn() {
    try (UsherProcess usher = data.start(APP)) {
      change(usher);
      String version = usher.admin().read("/director/app").at("/version").asText();
      Ended page = inspect();
      assertThat(page.exit()).as(page.all()).isZero();
      assertThat(page.out())
          .contains("directors.chm")
          .contains("app  version " + version + ", of the configuration file")
          .contains("overridden: queue-limit: 5 in the file, 50 now")
          .contains("overridden: backends.b1.enabled: true in the file, false now")
          .containsPattern("other  version [0-9]+, created through the API")
          .containsPattern("b1 +http://127.0.0.1:9 +active +7 +no ")
          .containsPattern("(?m)^ +inner +50% +100% ");
      usher.admin().put("/director/later", "{}").expect(201);
    }
  }

  @Test
  void showsADirectorOfTheFileThatWasNeverChanged() {
    try (UsherProcess usher = data.start(APP)) {
      Await.until("it is kept", () -> inspect().out().contains("of the configuration file"));
      assertThat(usher.admin().get("/director/app").status()).isEqualTo(200);
    }
    assertThat(inspect("app").out())
        .doesNotContain("overridden")
        .containsPattern("b1 +http://127.0.0.1:9 +active +7 +yes ");
  }

  @Test
  void leavesTheFilesOfAStoppedSidecarAsTheyAre() throws IOException {
    try (UsherProcess usher = data.start(APP)) {
      change(usher);
    }
    byte[] definitions = Files.readAllBytes(data.file("directors.chm"));
    byte[] memories = Files.readAllBytes(data.file("memories.chm"));
    Ended json = inspect("--json");
    assertThat(json.exit()).as(json.all()).isZero();
    JsonNode read = new ObjectMapper().readTree(json.out());
    assertThat(read.at("/whole").asBoolean()).isTrue();
    assertThat(read.at("/directors/app/spec/queue-limit").asInt()).isEqualTo(50);
    assertThat(read.at("/directors/app/written/queue-limit").asInt()).isEqualTo(5);
    assertThat(read.at("/directors/app/overrides")).hasSize(2);
    assertThat(read.at("/directors/other/memory/stats/load/total").isNumber()).isTrue();
    assertThat(Files.readAllBytes(data.file("directors.chm"))).isEqualTo(definitions);
    assertThat(Files.readAllBytes(data.file("memories.chm"))).isEqualTo(memories);
  }

  @Test
  void showsOneDirectorOrSaysThatItIsNotThere() {
    try (UsherProcess usher = data.start(APP)) {
      change(usher);
    }
    assertThat(inspect("other").out()).contains("other  version").doesNotContain("app  version");
    Ended none = inspect("nobody");
    assertThat(none.exit()).isEqualTo(1);
    assertThat(none.err()).contains("holds no director 'nobody'");
  }

  @Test
  void aFolderWithoutMapsAForeignFileAndADamagedOneAreClearErrors() throws IOException {
    assertThat(UsherJar.run("inspect", other.toString()))
        .satisfies(ended -> assertThat(ended.exit()).isEqualTo(1))
        .satisfies(ended -> assertThat(ended.err()).contains("without directors.chm"));
    assertThat(UsherJar.run("inspect", other.resolve("none").toString()).err())
        .contains("want a data folder, got nothing");
    Path foreign = Files.writeString(other.resolve("directors.chm"), "something else");
    Ended refused = UsherJar.run("inspect", other.toString());
    assertThat(refused.exit()).isEqualTo(1);
    assertThat(refused.err()).contains(foreign.toString()).contains("no Chronicle Map");
  }
}
