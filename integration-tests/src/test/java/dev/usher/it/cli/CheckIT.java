package dev.usher.it.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.it.harness.UsherJar;
import dev.usher.it.harness.UsherJar.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CheckIT {
  private static final String GOOD =
      """
      listeners: [{address: 127.0.0.1, port: 7070}]
      admin: {address: 127.0.0.1, port: 7071}
      trust-tags-from: [127.0.0.0/8, "::1/128"]
      routes:
        - {when: "path-prefix('/upload')", director: app, bucket: upload}
        - {when: "exists(%{i,X-Backend})", director: app, backend: "%{i,X-Backend}"}
        - {director: app}
      directors:
        app:
          enabled: true
          scheduler: least-load
          queue-limit: 1000
          queue-timeout: 30s
          retry-after: 10s
          max-retry-count: 3
          enqueue-on-unavailable: true
          sticky-offline-mode: false
          on-client-abort: close
          connect-timeout: 4s
          read-timeout: 30s
          write-timeout: 10s
          health-check: {mode: lazy, path: /, host: healthcheck, interval: 2s, timeout: 1s,
            success-threshold: 2, expect: [200, 204]}
          backends:
            app01: {url: "http://10.0.0.3:8080", capacity: 10, role: active, enabled: true}
          buckets:
            vip:  {rate: 10%, ceil: 30%, priority: 0, lend: 100%}
            main: {rate: 50%, ceil: 70%, buckets: {upload: {rate: 50%, ceil: 50%}}}
      """;

  private static final String BAD =
      """
      listeners: [{address: 127.0.0.1, port: 70700}]
      admin: {address: 127.0.0.1, port: 7071}
      nonsense: 1
      routes:
        - {when: "path-prefix('/upload'", director: app}
      directors:
        app:
          scheduler: random
          queue-limit: -5
          queue-timeout: 30
          backends:
            app01: {url: "http://10.0.0.3:8080/path", capacity: 0}
          buckets:
            vip:  {rate: 10, ceil: 130%}
            main: {rate: 50%, prioritty: 3}
      """;

  @TempDir private Path folder = Path.of("");

  private Path write(String yaml) throws IOException {
    return Files.writeString(folder.resolve("usher.yaml"), yaml);
  }

  @Test
  void aGoodConfigurationIsZero() throws IOException {
    Ended ended = UsherJar.run("check", write(GOOD).toString());
    assertThat(ended.exit()).as(ended.all()).isZero();
    assertThat(ended.err()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"check", "run"})
  void everyErrorIsSaidAtOnceWithFileLineKeyWantedAndGot(String command) throws IOException {
    Path file = write(BAD);
    Ended ended =
        command.equals("run")
            ? UsherJar.run("run", "--config", file.toString())
            : UsherJar.run("check", file.toString());
    assertThat(ended.exit()).isEqualTo(2);
    assertThat(ended.out()).isEmpty();
    String[][] errors = {
      {"1", "port", "70700"},
      {"3", "nonsense", ""},
      {"5", "when", "path-prefix"},
      {"8", "scheduler", "random"},
      {"9", "queue-limit", "-5"},
      {"10", "queue-timeout", "30"},
      {"12", "url", "http://10.0.0.3:8080/path"},
      {"12", "capacity", "0"},
      {"14", "rate", "10"},
      {"14", "ceil", "130%"},
      {"15", "prioritty", ""}
    };
    for (String[] error : errors) {
      assertThat(ended.err().lines())
          .as("line %s, %s in:%n%s", error[0], error[1], ended.err())
          .anyMatch(
              line ->
                  line.contains(file + ":" + error[0])
                      && line.contains(error[1])
                      && line.contains(error[2]));
    }
    assertThat(ended.err()).doesNotContain("\tat ");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          a key twice                   | listeners: []~listeners: []
          no YAML                       | listeners: [{~
          a list                        | - 1
          an admin address for all      | admin: {address: 0.0.0.0, port: 7071}
          shares over 100 %             | directors: {d: {buckets: {a: {rate: 60%}, b: {rate: 60%}}}}
          a route to nowhere            | routes: [{when: "path('/x')"}]
          a tag of YAML                 | directors: !!java.net.URL ["http://h"]
          an anchor that explodes       | a: &a [x,x]~b: &b [*a,*a]~directors: *b
          """)
  void badConfigurationsAreTwoWithAMessageAndNoStackTrace(String what, String yaml)
      throws IOException {
    Ended ended = UsherJar.run("check", write(yaml.replace("~", "\n") + "\n").toString());
    assertThat(ended.exit()).as(ended.all()).isEqualTo(2);
    assertThat(ended.err()).contains("usher.yaml").doesNotContain("\tat ");
  }

  @Test
  void aFileThatIsNotThereIsTwo() {
    Ended ended = UsherJar.run("check", folder.resolve("absent.yaml").toString());
    assertThat(ended.exit()).isEqualTo(2);
    assertThat(ended.err()).contains("absent.yaml").doesNotContain("\tat ");
  }
}
