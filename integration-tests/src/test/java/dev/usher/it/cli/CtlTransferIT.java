package dev.usher.it.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.usher.it.harness.Configs;
import dev.usher.it.harness.UsherJar;
import dev.usher.it.harness.UsherJar.Ended;
import dev.usher.it.harness.UsherProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CtlTransferIT {
  private static final String TWO =
      """
      routes: [{director: app}]
      directors:
        app:
          scheduler: round-robin
          queue-limit: 7
          queue-timeout: 1500ms
          health-check: {host: "app.example:8080", expect: [200, 301]}
          backends:
            app01: {url: "http://10.0.0.3:8080", capacity: 10}
            "010": {url: "http://[::1]:80", capacity: 20, role: standby, enabled: false}
          buckets:
            vip: {rate: 10%, ceil: 3t, priority: 2, lend: 0%}
            main: {rate: 50%, buckets: {"true": {rate: 12.5%, weight: 9, cost: 2}, null: {}}}
        second: {enabled: false}
      """;

  @TempDir private Path folder = Path.of("");
  @AutoClose private final UsherProcess usher = UsherProcess.start(Configs.ports() + TWO);

  private static Ended ctl(UsherProcess at, String... arguments) {
    String[] all = new String[arguments.length + 3];
    all[0] = "ctl";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    all[arguments.length + 1] = "--admin";
    all[arguments.length + 2] = "127.0.0.1:" + at.adminPort();
    return UsherJar.run(all);
  }

  /** What a command prints that must succeed and complain of nothing. */
  private static String fine(UsherProcess at, String... arguments) {
    Ended ended = ctl(at, arguments);
    assertThat(ended.exit()).as(ended.all()).isZero();
    assertThat(ended.err()).isEmpty();
    return ended.out();
  }

  private JsonNode director(String name) {
    return usher.admin().read("/director/" + name);
  }

  private String file(String yaml) throws IOException {
    return Files.writeString(folder.resolve("directors.yaml"), yaml).toString();
  }

  @Test
  void anExportIsImportedIntoAnotherSidecarAndExportedTheSame() {
    String file = folder.resolve("export.yaml").toString();
    assertThat(fine(usher, "export", file)).isEmpty();
    assertThat(UsherJar.run("check", file).out()).contains("2 directors, 2 backends, 4 buckets");
    String exported = fine(usher, "export");
    assertThat(Path.of(file)).hasContent(exported);
    try (UsherProcess other = UsherProcess.start(Configs.ports())) {
      assertThat(fine(other, "import", file).lines())
          .containsExactly("created app", "created second", "directors: created 2");
      assertThat(fine(other, "export")).isEqualTo(exported);
      JsonNode version = other.admin().read("/director/app").at("/version");
      assertThat(fine(other, "import", file).lines())
          .containsExactly("unchanged app", "unchanged second", "directors: unchanged 2");
      assertThat(other.admin().read("/director/app").at("/version")).isEqualTo(version);
    }
    try (UsherProcess run = UsherProcess.start(Configs.ports() + exported)) {
      assertThat(fine(run, "export")).isEqualTo(exported);
    }
  }

  @Test
  void directorsOnDemandMoveWithTheirHostAndPort() {
    fine(usher, "add", "shop", "hostname=SHOP.example.", "port=8080", "queue-limit=5");
    fine(usher, "add", "six", "hostname=[0::1]");
    String file = folder.resolve("export.yaml").toString();
    fine(usher, "export", file);
    assertThat(UsherJar.run("check", file).err())
        .contains("directors.shop.hostname: want a known key");
    try (UsherProcess other = UsherProcess.start(Configs.ports())) {
      fine(other, "add", "owner", "hostname=shop.example", "port=8080");
      Ended dry = ctl(other, "import", file, "--dry-run");
      assertThat(dry.exit()).isEqualTo(1);
      assertThat(dry.out()).contains("failed shop", "would create six");
      assertThat(dry.err())
          .isEqualTo("usher ctl: shop: hostname: director 'owner' answers for this host and port");
      assertThat(other.admin().read("/director/").size()).isEqualTo(1);
      fine(other, "remove", "owner");
      assertThat(fine(other, "import", file)).contains("created shop", "created six");
      JsonNode shop = other.admin().read("/director/shop");
      assertThat(shop.at("/hostname").asText()).isEqualTo("shop.example");
      assertThat(shop.at("/port").asInt()).isEqualTo(8080);
      assertThat(other.admin().read("/director/six").at("/hostname").asText()).isEqualTo("::1");
      assertThat(fine(other, "import", file, "--prune")).endsWith("directors: unchanged 4");
      assertThat(other.admin().read("/director/shop").at("/version"))
          .isEqualTo(shop.at("/version"));
    }
  }

  @Test
  void anExportMayGoThroughAPipe() {
    String exported = fine(usher, "export", "-");
    try (UsherProcess other = UsherProcess.start(Configs.ports())) {
      String there = "127.0.0.1:" + other.adminPort();
      Ended ended = UsherJar.runWithInput(exported, "ctl", "import", "-", "--admin", there);
      assertThat(ended.exit()).as(ended.all()).isZero();
      assertThat(fine(other, "export")).isEqualTo(exported);
      Ended bad = UsherJar.runWithInput("- 1", "ctl", "import", "-", "--admin", there);
      assertThat(bad.exit()).isEqualTo(2);
      assertThat(bad.err()).startsWith("standard input:1: want ");
    }
  }

  @Test
  void aWrongFileIsTwoWithEveryProblemAndNothingIsSent() throws IOException {
    String file =
        file(
            """
            directors:
              app: {queue-limit: 8}
              new: {queue-limit: -1, buckets: {a: {rate: 60%}, b: {rate: 60%}}}
              a b: {}
            nonsense: 1
            """);
    Ended ended = ctl(usher, "import", file, "--prune");
    assertThat(ended.exit()).isEqualTo(2);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err().lines())
        .hasSize(4)
        .anyMatch(line -> line.startsWith(file + ":3: directors.new.queue-limit: want "))
        .anyMatch(line -> line.startsWith(file + ":3: directors.new.buckets.b.rate: want "))
        .anyMatch(line -> line.startsWith(file + ":4: directors.a b: want "))
        .anyMatch(line -> line.startsWith(file + ":5: nonsense: want "));
    assertThat(director("app").at("/queue-limit").asInt()).isEqualTo(7);
    assertThat(usher.admin().read("/director/").size()).isEqualTo(2);
    Ended absent = ctl(usher, "import", file + "-absent");
    assertThat(absent.exit()).isEqualTo(2);
    assertThat(absent.err()).contains("no such file");
  }

  @Test
  void pruningRemovesWhatIsNotInTheFileAndADryRunNothing() throws IOException {
    String yaml = fine(usher, "export").replaceAll("(?s)\n  second:.*", "\n");
    String file = file(yaml.replace("queue-limit: 7", "queue-limit: 8") + "  new: {}\n");
    JsonNode app = director("app").at("/version");
    JsonNode second = director("second").at("/version");
    assertThat(fine(usher, "import", file, "--dry-run", "--prune").lines())
        .containsExactly(
            "would change app",
            "would create new",
            "would remove second",
            "directors: would create 1, would change 1, would remove 1");
    assertThat(director("app").at("/version")).isEqualTo(app);
    assertThat(fine(usher, "import", file).lines())
        .containsExactly("changed app", "created new", "directors: created 1, changed 1");
    assertThat(director("app").at("/queue-limit").asInt()).isEqualTo(8);
    assertThat(director("second").at("/version")).isEqualTo(second);
    assertThat(fine(usher, "import", file, "--prune").lines())
        .containsExactly(
            "unchanged app",
            "unchanged new",
            "removed second",
            "directors: unchanged 2, removed 1");
    usher.admin().get("/director/second").expect(404);
  }

  @Test
  void oneThatIsTooLongFailsAndTheOthersAreInForce() throws IOException {
    StringBuilder backends = new StringBuilder();
    for (int i = 0; i < 15_000; i++) {
      backends.append("      b%d: {url: 'http://10.0.0.1:%d', capacity: 1}\n".formatted(i, 1 + i));
    }
    String file =
        file(
            """
            directors:
              a: {queue-limit: 1}
              big:
                backends:
            %s
              c: {queue-limit: 3}
            """
                .formatted(backends));
    Ended ended = ctl(usher, "import", file, "--prune");
    assertThat(ended.exit()).isEqualTo(1);
    assertThat(ended.out().lines())
        .containsExactly(
            "created a",
            "failed big",
            "created c",
            "kept app",
            "kept second",
            "directors: created 2, kept 2, failed 1");
    assertThat(ended.err()).isEqualTo("usher ctl: big: body: want at most 1048576 bytes");
    assertThat(director("c").at("/queue-limit").asInt()).isEqualTo(3);
    usher.admin().get("/director/big").expect(404);
  }

  @Test
  void aSidecarThatIsGoneIsOneAndSaysWhatIsNotDone() throws IOException {
    String file = file("directors: {a: {}, b: {}}");
    usher.terminate();
    usher.awaitExit();
    Ended ended = ctl(usher, "import", file);
    assertThat(ended.exit()).isEqualTo(1);
    assertThat(ended.out().lines())
        .containsExactly("failed a", "skipped b", "directors: failed 1, skipped 1");
    assertThat(ended.err()).startsWith("usher ctl: cannot connect to ");
  }
}
