package dev.usher.it.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.it.harness.Await;
import dev.usher.it.harness.UsherJar;
import dev.usher.it.harness.UsherProcess;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever is wrong with the files: the sidecar serves, and says what was lost. */
class DamageIT {
  private final DataFolder data;
  private final Path definitions;

  DamageIT(@TempDir Path folder) {
    data = new DataFolder(folder);
    definitions = data.file("directors.chm");
  }

  enum Damage {
    EMPTY {
      @Override
      byte[] of(byte[] bytes) {
        return new byte[0];
      }
    },
    GARBAGE {
      @Override
      byte[] of(byte[] bytes) {
        return "no map at all".repeat(1_000).getBytes(StandardCharsets.US_ASCII);
      }
    },
    ZEROED {
      @Override
      byte[] of(byte[] bytes) {
        return new byte[bytes.length];
      }
    },
    TRUNCATED_HEADER {
      @Override
      byte[] of(byte[] bytes) {
        return Arrays.copyOf(bytes, 100);
      }
    };

    abstract byte[] of(byte[] bytes);
  }

  private void keepTwoDirectors() {
    try (UsherProcess usher = data.start("")) {
      usher.admin().put("/director/first", "{'queue-limit':1}").expect(201);
      usher.admin().put("/director/second", "{'queue-limit':2}").expect(201);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aFileThatCannotBeReadIsSetAsideAndTheSidecarServes(Damage damage) throws IOException {
    keepTwoDirectors();
    byte[] damaged = damage.of(Files.readAllBytes(definitions));
    Files.write(definitions, damaged);
    try (UsherProcess usher = data.start("app: {}")) {
      assertThat(usher.log()).contains("ERROR").contains("directors: lost");
      assertThat(usher.admin().get("/director/app").status()).isEqualTo(200);
      assertThat(usher.admin().put("/director/fresh", "{}").status()).isEqualTo(201);
    }
    String aside =
        data.files().stream()
            .filter(name -> name.startsWith("directors.chm.damaged-"))
            .findFirst()
            .orElseThrow();
    assertThat(Files.readAllBytes(data.file(aside))).isEqualTo(damaged);
    try (UsherProcess usher = data.start("app: {}")) {
      assertThat(usher.log()).doesNotContain("ERROR");
      assertThat(usher.admin().get("/director/fresh").status()).isEqualTo(200);
    }
  }

  @Test
  void oneDamagedRecordDoesNotTakeTheOthersAlong() throws IOException {
    keepTwoDirectors();
    byte[] bytes = Files.readAllBytes(definitions);
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    byte[] flipped = bytes.clone();
    int at = text.indexOf("\"queue-limit\":1,");
    while (at >= 0) {
      flipped[at + 3] ^= 1;
      at = text.indexOf("\"queue-limit\":1,", at + 1);
    }
    assertThat(flipped).isNotEqualTo(bytes);
    Files.write(definitions, flipped);
    try (UsherProcess usher = data.start("")) {
      assertThat(usher.log()).contains("directors: lost").contains("first");
      assertThat(usher.admin().get("/director/second").status()).isEqualTo(200);
      assertThat(usher.admin().get("/director/first").status()).isEqualTo(404);
    }
  }

  @Test
  void aFolderThatCannotBeOneIsAnErrorOfTheConfiguration() throws IOException {
    Path file = Files.writeString(data.file("file"), "x");
    Path config =
        Files.writeString(data.file("usher.yaml"), "data: '" + file + "'\ndirectors: {app: {}}\n");
    UsherJar.Ended ended = UsherJar.run("run", "--config", config.toString());
    assertThat(ended.exit()).isEqualTo(2);
    assertThat(ended.err()).contains("usher.yaml:1: data: want a folder");
  }

  @Test
  void aDiskThatIsFullRefusesChangesAndLetsTrafficGoOn() throws IOException {
    // Folders in the way of the files to be made: none of them can be.
    for (int number = 1; number <= 100; number++) {
      Files.createDirectories(data.file("directors.chm.new-" + number).resolve("in-the-way"));
    }
    try (UsherProcess usher = data.start("app: {}")) {
      assertThat(usher.admin().put("/director/fresh", "{}").status()).isEqualTo(507);
      assertThat(usher.admin().get("/director/fresh").status()).isEqualTo(404);
      assertThat(usher.admin().read("/health").at("/store/status").asText()).isEqualTo("failing");
      assertThat(usher.admin().get("/metrics").body().lines()).contains("usher_store_up 0.0");
      assertThat(usher.admin().get("/director/app").status()).isEqualTo(200);
      assertThat(usher.log()).contains("the store cannot be written").doesNotContain("\tat ");
    }
  }

  @Test
  void aFolderInThePlaceOfTheFileGetsOutOfItsWay() throws IOException {
    Files.createDirectories(definitions.resolve("in-it"));
    try (UsherProcess usher = data.start("app: {}")) {
      assertThat(usher.log()).contains("directors: lost: everything: it is no regular file");
      usher.admin().put("/director/fresh", "{}").expect(201);
    }
  }

  @Test
  void filesRemovedWhileInUseAreThereAgainAndNothingIsLost() throws IOException {
    try (UsherProcess usher = data.start("")) {
      usher.admin().put("/director/before", "{}").expect(201);
      for (String name : data.files()) {
        Files.delete(data.file(name));
      }
      Await.until("the file is there again", () -> Files.exists(definitions));
      usher.admin().put("/director/after", "{}").expect(201);
      usher.kill();
    }
    try (UsherProcess usher = data.start("")) {
      usher.admin().get("/director/before").expect(200);
      usher.admin().get("/director/after").expect(200);
      assertThat(usher.log()).doesNotContain("ERROR");
    }
  }

  @Test
  void aFileCutShortWhileInUseDoesNotEndTheSidecarAndNothingIsLost() throws IOException {
    try (UsherProcess usher = data.start("")) {
      usher.admin().put("/director/before", "{}").expect(201);
      try (FileChannel channel = FileChannel.open(definitions, StandardOpenOption.WRITE)) {
        channel.truncate(0);
      }
      assertThat(usher.admin().put("/director/refused", "{}").status()).isEqualTo(507);
      Await.until(
          "the store is well again",
          () -> usher.admin().read("/health").at("/store/status").asText().equals("up"));
      usher.admin().put("/director/after", "{}").expect(201);
      usher.kill();
    }
    try (UsherProcess usher = data.start("")) {
      usher.admin().get("/director/before").expect(200);
      usher.admin().get("/director/after").expect(200);
      assertThat(usher.admin().get("/director/refused").status()).isEqualTo(404);
    }
  }
}
