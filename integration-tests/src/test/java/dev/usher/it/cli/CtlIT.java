package dev.usher.it.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.usher.it.harness.Arrival;
import dev.usher.it.harness.Await;
import dev.usher.it.harness.GateBackend;
import dev.usher.it.harness.Stage;
import dev.usher.it.harness.TestDirector;
import dev.usher.it.harness.UsherJar;
import dev.usher.it.harness.UsherJar.Ended;
import dev.usher.it.harness.UsherProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CtlIT {
  @RegisterExtension static final Stage STAGE = Stage.standard();

  @TempDir private Path folder = Path.of("");

  private static Ended ctl(String... arguments) {
    List<String> all = new ArrayList<>(List.of("ctl", "--admin", admin()));
    all.addAll(Arrays.asList(arguments));
    return UsherJar.run(all.toArray(new String[0]));
  }

  private static String admin() {
    return "127.0.0.1:" + STAGE.usher().adminPort();
  }

  /** What a command prints that must succeed and complain of nothing. */
  private static String fine(String command) {
    Ended ended = ctl(command.split(" ", -1));
    assertThat(ended.exit()).as(ended.all()).isZero();
    assertThat(ended.err()).isEmpty();
    return ended.out();
  }

  /** What a command complains of that must fail at work and print nothing. */
  private static String failed(String... command) {
    Ended ended = ctl(command);
    assertThat(ended.exit()).as(ended.all()).isEqualTo(1);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err()).startsWith("usher ctl: ").doesNotContain("\tat ");
    return ended.err();
  }

  private static JsonNode read(String path) {
    return STAGE.admin().read("/director/" + path);
  }

  @Test
  void aDirectorLivesFromAddToRemove() {
    assertThat(fine("add life queue-limit=5 health-check.interval=5s")).isEqualTo("created life");
    assertThat(read("life/config").at("/health-check/interval").asText()).isEqualTo("5s");

    String url = "http://127.0.0.1:9";
    assertThat(fine("add life/backends/b1 capacity=20 url=" + url))
        .isEqualTo("created life/backends/b1");
    assertThat(fine("add life/buckets/main rate=50% ceil=70%"))
        .isEqualTo("created life/buckets/main");
    assertThat(fine("add life/buckets/up rate=50% parent=main"))
        .isEqualTo("created life/buckets/up");

    assertThat(fine("set life queue-limit=7 health-check.expect=200,301"))
        .isEqualTo("changed life");
    assertThat(fine("set life/backends/b1 capacity=30 role=standby"))
        .isEqualTo("changed life/backends/b1");
    assertThat(fine("set life/buckets/up rate=20% parent=root"))
        .isEqualTo("changed life/buckets/up");

    assertThat(fine("get life").lines())
        .contains(
            "queue-limit                     7",
            "health-check.expect             200,301",
            "capacity                        30",
            "BUCKET  RATE  CEIL  PRIORITY  TOKENS  ACTUAL  QUEUED",
            "root    100%  100%         0  30..30       0       0",
            "  main   50%   70%         0  15..21       0       0",
            "  up     20%  100%         0   6..30       0       0",
            "b1       standby  true           30     0  online  " + url);
    assertThat(fine("get life/backends/b1").lines()).anyMatch(line -> line.matches("url +" + url));
    assertThat(fine("get life/buckets/up").lines()).anyMatch(line -> line.matches("rate +20%"));

    assertThat(fine("lock life/backends/b1")).isEqualTo("locked life/backends/b1");
    assertThat(read("life/backends/b1").at("/enabled").asBoolean()).isFalse();
    assertThat(fine("unlock life/backends/b1")).isEqualTo("unlocked life/backends/b1");
    assertThat(fine("lock life")).isEqualTo("locked life");
    assertThat(fine("get").lines()).anyMatch(line -> line.matches("life +false +30 .* 1/1"));
    assertThat(fine("unlock life")).isEqualTo("unlocked life");
    assertThat(read("life").at("/enabled").asBoolean()).isTrue();

    assertThat(fine("explain life/buckets/up")).isEqualTo("nothing waits in 'up'");
    assertThat(fine("remove life/buckets/main")).isEqualTo("removed life/buckets/main");
    assertThat(fine("remove life/backends/b1")).isEqualTo("draining life/backends/b1");
    assertThat(read("life/config").at("/backends")).isEmpty();
    assertThat(fine("remove life")).isEqualTo("removed life");
    STAGE.admin().get("/director/life").expect(404);
  }

  @Test
  void whoWaitsIsExplainedAndWhoIsRemovedNowIsCut() {
    GateBackend backend = STAGE.backend();
    TestDirector director =
        STAGE.director().backend("b1", backend, 1).buckets("'vip':{'rate':'50%'}").create();
    director.enter("root", "runs");
    Arrival runs = backend.next();
    director.enter("vip", "waits");
    String bucket = director.name() + "/buckets/vip";
    assertThat(fine("explain " + bucket).lines())
        .first()
        .asString()
        .startsWith("1 in 'vip'; the first waits because ");
    assertThat(fine("get " + bucket).lines()).anyMatch(line -> line.matches("queued +1"));
    String path = director.name() + "/backends/b1";
    assertThat(fine("remove " + path)).isEqualTo("draining " + path);
    assertThat(fine("get " + director.name() + "/backends").lines())
        .anyMatch(line -> line.matches("b1 +terminating +.*"));
    assertThat(fine("remove --now " + path)).isEqualTo("cut " + path);
    Await.until("the request is cut", runs::gone);
  }

  @Test
  void jsonIsWhatTheApiAnswers() throws JsonProcessingException {
    JsonNode all = new ObjectMapper().readTree(fine("get --json"));
    assertThat(all.size()).isGreaterThan(50);
    assertThat(new ObjectMapper().readTree(fine("get d59 --json"))).isEqualTo(read("d59"));
    JsonNode changed = new ObjectMapper().readTree(fine("set d59 --json queue-limit=3"));
    assertThat(changed.at("/queue-limit").asInt()).isEqualTo(3);
    assertThat(fine("lock d59 --json")).isEmpty();
    fine("unlock d59");
  }

  @Test
  void everyTableHasALineForEachObject() {
    List<String> lines = fine("get").lines().toList();
    assertThat(lines.get(0)).startsWith("DIRECTOR  ENABLED  CAPACITY");
    assertThat(lines).anyMatch(line -> line.matches("d58 +true +0 +0 +0 +0 +0/0"));
    assertThat(fine("get d58/buckets").lines()).hasSize(2);
    assertThat(fine("get d58/backends").lines()).hasSize(1);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          set d57 queue-limit= scheduler=x    | queue-limit: want a whole number from 0 to 1000000, got ''
          set d57 queue-limit= scheduler=x    | scheduler: want one of round-robin, chance, least-load, got 'x'
          set d57 quue-limit=1                | quue-limit: want a known key (did you mean 'queue-limit'?)
          set d57 queue-limit=1 queue-limit=2 | queue-limit: want the key once
          set d57 health-check.host=a=b       | health-check.host: want a host
          set d57 größe=x                     | : want a known key
          get nobody                          | no director 'nobody'
          lock d57/backends/nobody            | director 'd57' has no backend 'nobody'
          explain d57/buckets/nobody          | director 'd57' has no bucket 'nobody'
          add d57                             | d57 exists already; set changes it
          add d57/backends/b1 capacity=1      | url: want http://HOST[:PORT]
          add d57/buckets/b parent=nobody     | parent: want an existing bucket, got 'nobody'
          """)
  void whatTheApiRefusesIsOneWithItsMessage(String command, String message) {
    JsonNode before = read("d57").at("/version");
    assertThat(failed(command.split(" ", -1))).contains(message);
    assertThat(read("d57").at("/version")).as("nothing is changed").isEqualTo(before);
  }

  @Test
  void aValueWithBlanksIsOneValue() {
    assertThat(failed("set", "d57", "health-check.host=a b"))
        .contains("health-check.host: want a host", "got 'a b'");
  }

  @Test
  void nobodyThereIsOneAndNamed() throws IOException {
    int port;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = closed.getLocalPort();
    }
    for (String verb : new String[] {"get", "export"}) {
      Ended ended = UsherJar.run("ctl", verb, "--admin", "127.0.0.1:" + port);
      assertThat(ended.exit()).isEqualTo(1);
      assertThat(ended.err())
          .startsWith("usher ctl: cannot connect to 127.0.0.1:" + port + ": connection refused");
      assertThat(ended.out()).isEmpty();
    }
  }

  @Test
  void theTrafficPortIsNotTheAdminApi() {
    Ended ended = UsherJar.run("ctl", "get", "--admin", "127.0.0.1:" + STAGE.usher().port());
    assertThat(ended.exit()).isEqualTo(1);
    assertThat(ended.err()).contains("is it the admin API?");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ctl                       | want a verb
          ctl get app/nothing/x     | PATH
          ctl set app               | KEY=VALUE
          ctl set app queue-limit   | KEY=VALUE
          ctl lock app/buckets/vip  | PATH
          ctl get --admin nowhere   | ADDR:PORT
          ctl import                | FILE
          """)
  void wrongUseIsTwoWithAHint(String command, String named) {
    Ended ended = UsherJar.run(command.split(" ", -1));
    assertThat(ended.exit()).isEqualTo(2);
    assertThat(ended.err()).contains(named).contains("--help'.").doesNotContain("\tat ");
    assertThat(ended.out()).isEmpty();
  }

  @Test
  void aTokenIsAskedForAndBrought() throws IOException {
    Path token = Files.writeString(folder.resolve("token"), "s3cret\n");
    String yaml =
        """
        listeners: [{address: 127.0.0.1, port: 0}]
        admin: {address: 127.0.0.1, port: 0, token-file: "%s"}
        directors: {app: {}}
        """
            .formatted(token);
    try (UsherProcess usher = UsherProcess.start(yaml)) {
      String there = "127.0.0.1:" + usher.adminPort();
      Ended without = UsherJar.run("ctl", "get", "--admin", there);
      assertThat(without.exit()).isEqualTo(1);
      assertThat(without.err()).contains("want the admin token").contains("--token-file");
      String file = token.toString();
      Ended with = UsherJar.run("ctl", "get", "--admin", there, "--token-file", file);
      assertThat(with.exit()).as(with.all()).isZero();
      assertThat(with.out()).contains("app");
      String absent = file + "-absent";
      Ended wrong = UsherJar.run("ctl", "get", "--admin", there, "--token-file", absent);
      assertThat(wrong.exit()).isEqualTo(2);
      assertThat(wrong.err()).contains("--token-file: want a readable file");
    }
  }
}
