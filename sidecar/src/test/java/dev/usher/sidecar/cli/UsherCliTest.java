package dev.usher.sidecar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.sidecar.cli.draw.Canvas;
import dev.usher.sidecar.config.ConfigReader;
import dev.usher.sidecar.config.ListenAddress;
import dev.usher.sidecar.config.RouteSpec;
import dev.usher.sidecar.config.RouteSyntax;
import dev.usher.sidecar.config.UsherConfig;
import dev.usher.sidecar.time.FakeTime;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.BindException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsherCliTest {
  private static final String GOOD =
      """
      listeners: [{address: 127.0.0.1, port: 8080}]
      routes: [{director: app}]
      directors:
        app:
          backends:
            app01: {url: "http://127.0.0.1:9001", capacity: 10}
          buckets:
            vip: {rate: 10%, ceil: 30%}
            main: {rate: 50%, ceil: 70%, buckets: {upload: {rate: 50%, ceil: 50%}}}
      """;
  private static final String TWICE_WRONG =
      """
      routes: [{director: app}]
      directors:
        app:
          queue-timeout: 30
          backends:
            app01: {url: "http://127.0.0.1:9001", capacity: 0}
      """;

  @TempDir Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final FakeLauncher launcher = new FakeLauncher();

  @Test
  void run_says_where_it_listens_and_drains_when_it_is_asked_to_end() throws IOException {
    assertThat(run("run", "--config", file(GOOD))).isZero();
    assertThat(out())
        .isEqualTo("usher ready: listeners http://127.0.0.1:8080 admin http://127.0.0.1:7071\n");
    assertThat(err()).isEmpty();
    assertThat(launcher.calls).containsExactly("drain", "close");
  }

  @Test
  void addresses_on_the_command_line_replace_those_of_the_configuration() throws IOException {
    assertThat(
            run(
                "run",
                "--listen",
                "127.0.0.1:0",
                "--listen",
                "[::1]:81",
                "--admin",
                "127.0.0.1:9",
                "--config",
                file(GOOD)))
        .isZero();
    assertThat(out())
        .isEqualTo(
            "usher ready: listeners http://127.0.0.1:4711, http://[0:0:0:0:0:0:0:1]:81"
                + " admin http://127.0.0.1:9\n");
    assertThat(launched().directors()).hasSize(1);
  }

  @Test
  void without_a_configuration_requests_go_to_the_director_of_their_host() {
    assertThat(run("run")).isZero();
    assertThat(launched().listeners()).containsExactly(new ListenAddress("127.0.0.1", 7070));
    assertThat(launched().admin()).isEqualTo(new ListenAddress("127.0.0.1", 7071));
    assertThat(launched().directors()).isEmpty();
    assertThat(launched().routes())
        .containsExactly(new RouteSpec(null, new RouteSpec.Destination.OnDemand()));
  }

  @Test
  void an_address_in_use_fails_with_its_message_and_no_stack() {
    launcher.failWith(
        new StartFailed(
            "cannot listen on 127.0.0.1:7070: Address already in use", new BindException()));
    assertThat(run("run")).isEqualTo(1);
    assertThat(err()).isEqualTo("usher: cannot listen on 127.0.0.1:7070: Address already in use\n");
    assertThat(out()).isEmpty();
  }

  @Test
  void a_bug_fails_with_its_name_and_no_stack() {
    launcher.failWith(new IllegalStateException("impossible"));
    assertThat(run("run")).isEqualTo(1);
    assertThat(err()).isEqualTo("usher: java.lang.IllegalStateException: impossible\n");
  }

  @Test
  void the_data_folder_of_the_command_line_counts_before_that_of_the_file() throws IOException {
    String inFile = file("data: from-file\n" + GOOD);
    assertThat(run("run", "--config", inFile)).isZero();
    assertThat(run("run", "--config", inFile, "--data", "from-line")).isZero();
    assertThat(launcher.launched)
        .extracting(UsherConfig::data)
        .containsExactly(Path.of("from-file"), Path.of("from-line"));
  }

  @Test
  void an_admin_address_that_others_can_reach_needs_a_token_file() throws IOException {
    assertThat(run("run", "--admin", "0.0.0.0:7071")).isEqualTo(2);
    assertThat(err()).startsWith("usher: --admin: want a loopback address");
    assertThat(launcher.launched).isEmpty();
    String token = Files.writeString(folder.resolve("token"), "secret").toString();
    String guarded = file("admin: {token-file: '" + token + "'}\n" + GOOD);
    assertThat(run("run", "--admin", "0.0.0.0:7071", "--config", guarded)).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"run --config", "check"})
  void every_error_of_a_configuration_is_reported_and_nothing_is_started(String command)
      throws IOException {
    String file = file(TWICE_WRONG);
    assertThat(run((command + " " + file).split(" ", -1))).isEqualTo(2);
    assertThat(err().lines())
        .hasSize(2)
        .anyMatch(line -> line.startsWith(file + ":4: directors.app.queue-timeout: want "))
        .anyMatch(line -> line.contains("capacity: want a whole number from 1 to 1000000"));
    assertThat(out()).isEmpty();
    assertThat(launcher.launched).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"run --config", "check"})
  void a_file_that_is_not_there_is_a_wrong_configuration(String command) {
    String file = folder.resolve("absent.yaml").toString();
    assertThat(run((command + " " + file).split(" ", -1))).isEqualTo(2);
    assertThat(err()).contains("absent.yaml").contains("no such file");
  }

  @Test
  void check_counts_what_a_good_configuration_holds() throws IOException {
    String file = file(GOOD);
    assertThat(run("check", file)).isZero();
    assertThat(out())
        .isEqualTo(file + ": ok, 1 listener, 1 route, 1 director, 1 backend, 3 buckets\n");
    assertThat(launcher.launched).isEmpty();
  }

  @Test
  void version_names_the_build_and_the_jvm() {
    assertThat(run("--version")).isZero();
    assertThat(out()).matches("usher \\d+\\.\\d+\\.\\d+\\S*\nJVM \\d+\\S* \\(.+\\)\n");
  }

  @Test
  void help_lists_the_commands_that_there_are() {
    assertThat(run("--help")).isZero();
    assertThat(out()).contains("run ", "check ", "inspect ", "demo ", "ctl ").doesNotContain("top");
    assertThat(err()).isEmpty();
  }

  @Test
  void no_command_at_all_ends_with_2_and_the_usage() {
    assertThat(run()).isEqualTo(2);
    assertThat(err()).startsWith("usher: want a command\n").contains("Usage: usher", "demo");
    assertThat(out()).isEmpty();
  }

  @ParameterizedTest(name = "usher {0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          ruin                       | Did you mean: usher run
          run --confg x              | --config
          run --config               | Missing required parameter for option '--config' (FILE)
          run --listen 7070          | want ADDR:PORT such as 127.0.0.1:7070
          run --listen ::1:7070      | want ADDR:PORT such as 127.0.0.1:7070
          run --listen 127.0.0.1:65536 | want ADDR:PORT such as 127.0.0.1:7070
          run --admin x:             | want ADDR:PORT such as 127.0.0.1:7070
          run more                   | more
          check                      | Missing required parameter: 'FILE'
          demo --seconds 0           | --seconds: want a whole number from 1 to 3600, got '0'
          demo --seconds 3601        | --seconds: want a whole number from 1 to 3600, got '3601'
          demo --seconds ten         | 'ten' is not an int
          """)
  void wrong_use_ends_with_2_and_a_hint(String arguments, String hint) {
    assertThat(run(arguments.split(" ", -1))).isEqualTo(2);
    assertThat(err()).startsWith("usher: ").contains(hint).contains(" --help'.");
    assertThat(out()).isEmpty();
    assertThat(launcher.launched).isEmpty();
  }

  private UsherConfig launched() {
    assertThat(launcher.launched).hasSize(1);
    return launcher.launched.get(0);
  }

  private String file(String yaml) throws IOException {
    return Files.writeString(folder.resolve("usher.yaml"), yaml).toString();
  }

  private int run(String... args) {
    FakeTime time = new FakeTime();
    Terminal terminal =
        new Terminal(printer(out), printer(err), () -> false, () -> new Canvas(140, true, false));
    return new UsherCli(
            launcher, new ConfigReader(new AnyRoute()), new EndAtOnce(), time, time, terminal)
        .run(args);
  }

  private static PrintStream printer(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  /** Asked to end as soon as it is ready. */
  private static final class EndAtOnce implements Ending {
    private Runnable drain = () -> {};

    @Override
    public void prepare(Runnable drain) {
      this.drain = drain;
    }

    @Override
    public void await() {
      drain.run();
    }
  }

  /** Takes every predicate and attribute. */
  private static final class AnyRoute implements RouteSyntax {
    @Override
    public Optional<String> predicateProblem(String when) {
      return Optional.empty();
    }

    @Override
    public Optional<String> attributeProblem(String attribute) {
      return Optional.empty();
    }
  }

  @Test
  void an_error_fails_with_its_name_and_no_stack() {
    launcher.failWith(new StackOverflowError());
    assertThat(run("run")).isEqualTo(1);
    assertThat(err()).isEqualTo("usher: java.lang.StackOverflowError\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"two words", "one\ntwo", "\u00e9t\u00e9", "\uFEFFsecret"})
  void a_token_that_nobody_can_send_is_wrong_configuration(String token) throws IOException {
    String path = Files.writeString(folder.resolve("token"), token).toString();
    String config = file("admin: {token-file: '" + path + "'}\n" + GOOD);
    assertThat(run("check", config)).isEqualTo(2);
    assertThat(err())
        .isEqualTo(
            config
                + ":1: admin.token-file: want a file that holds a token of visible ASCII characters,"
                + " got '"
                + path
                + "'\n");
  }
}
