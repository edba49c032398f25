package dev.usher.sidecar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.sidecar.classify.UndertowRouteSyntax;
import dev.usher.sidecar.cli.ctl.FakeAdmin;
import dev.usher.sidecar.cli.draw.Canvas;
import dev.usher.sidecar.config.ConfigReader;
import dev.usher.sidecar.time.FakeTime;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CtlTest {
  private static final String FORM = " [application/x-www-form-urlencoded] ";

  @TempDir private Path folder;
  @AutoClose private final FakeAdmin admin = new FakeAdmin();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          get                                 | GET /director/
          get app                             | GET /director/app
          get app/backends                    | GET /director/app/backends
          get app/backends/app01              | GET /director/app/backends/app01
          get app/buckets                     | GET /director/app/buckets
          get app/buckets/vip                 | GET /director/app/buckets/vip
          get set                             | GET /director/set
          lock get                            | LOCK /director/get
          set app queue-limit=200 a.b=c       | POST /director/app@queue-limit=200&a.b=c
          set app/backends/b1 capacity=20     | POST /director/app/backends/b1@capacity=20
          set app/buckets/vip rate=10%        | POST /director/app/buckets/vip@rate=10%25
          set app a=b=c d= e=1 e=2 f=-5       | POST /director/app@a=b%3Dc&d=&e=1&e=2&f=-5
          add app                             | PUT /director/app [*]
          add app/backends/b3 url=http://h:80 | PUT /director/app/backends/b3 [*]@url=http%3A%2F%2Fh%3A80
          add app/buckets/b parent=main       | PUT /director/app/buckets/b [*]@parent=main
          remove app                          | DELETE /director/app
          remove app/backends/b1              | DELETE /director/app/backends/b1
          remove app/backends/b1 --now        | DELETE /director/app/backends/b1?now=true
          remove --now app/backends/b1        | DELETE /director/app/backends/b1?now=true
          remove app/buckets/vip              | DELETE /director/app/buckets/vip
          lock app                            | LOCK /director/app
          lock app/backends/b1                | LOCK /director/app/backends/b1
          unlock app                          | UNLOCK /director/app
          unlock app/backends/b1              | UNLOCK /director/app/backends/b1
          explain app/buckets/vip             | GET /director/app/buckets/vip/explain
          export                              | GET /director/
          """)
  void each_verb_asks_one_thing(String command, String request) {
    assertThat(ctl(command.split(" ", -1))).isEqualTo(1);
    assertThat(admin.asked()).containsExactly(request.replace("@", FORM));
    assertThat(err()).isEqualTo("usher ctl: nothing there\n");
    assertThat(out()).isEmpty();
  }

  @Test
  void a_value_may_be_any_text() {
    ctl("set", "app", "host=a b", "path=/ü?x=&y=日本", "=x=".substring(1));
    assertThat(admin.asked())
        .containsExactly(
            "POST /director/app"
                + FORM
                + "host=a+b&path=%2F%C3%BC%3Fx%3D%26y%3D%E6%97%A5%E6%9C%AC&x=");
  }

  @ParameterizedTest(name = "{0}: {3}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          set app a=1              | POST /director/app                | {'name': 'app'} | changed app
          add app                  | PUT /director/app                 | {'name': 'app'} | created app
          add app/buckets/b rate=0%| PUT /director/app/buckets/b       | {}              | created app/buckets/b
          remove app               | DELETE /director/app              | ``              | removed app
          remove app/buckets/b     | DELETE /director/app/buckets/b    | ``              | removed app/buckets/b
          remove app/backends/b    | DELETE /director/app/backends/b   | {'removal': 'draining'} | draining app/backends/b
          remove app/backends/b --now | DELETE /director/app/backends/b?now=true | {'removal': 'cut'} | cut app/backends/b
          lock app                 | LOCK /director/app                | ``              | locked app
          unlock app/backends/b    | UNLOCK /director/app/backends/b   | ``              | unlocked app/backends/b
          explain app/buckets/b    | GET /director/app/buckets/b/explain | {'message': 'nothing waits'} | nothing waits
          """)
  void what_was_done_is_said_in_a_line(String command, String request, String body, String line) {
    admin.answer(request, body.isEmpty() ? 204 : 200, body);
    assertThat(ctl(command.split(" ", -1))).isZero();
    assertThat(out()).isEqualTo(line + "\n");
    assertThat(err()).isEmpty();
  }

  @Test
  void json_is_what_the_api_answered_as_it_is() {
    String body = "{'of-later': [1, {}],  'name':'app'}\n";
    admin
        .answer("GET /director/app", 200, body)
        .answer("POST /director/app", 200, body)
        .answer("LOCK /director/app", 204, "");
    for (String command : List.of("get app --json", "set --json app a=1")) {
      assertThat(ctl(command.split(" ", -1))).isZero();
      assertThat(out()).isEqualTo(FakeAdmin.json(body));
      out.reset();
    }
    assertThat(ctl("lock", "app", "--json")).isZero();
    assertThat(out()).isEmpty();
  }

  @Test
  void get_draws_tables_for_each_kind_of_object() {
    String backend = "{'name': 'b1', 'capacity': 10}";
    String bucket = "{'name': 'root', 'rate': '100%', 'buckets': [{'name': 'vip'}]}";
    admin
        .answer("GET /director/", 200, "{'app': {'enabled': true}}")
        .answer(
            "GET /director/app",
            200,
            "{'name': 'app', 'shaper': " + bucket + ", 'backends': [" + backend + "]}")
        .answer("GET /director/app/backends", 200, "{'b1': " + backend + "}")
        .answer("GET /director/app/backends/b1", 200, backend)
        .answer("GET /director/app/buckets", 200, "{'root': " + bucket + ", 'vip': {}}")
        .answer("GET /director/app/buckets/root", 200, bucket);
    assertThat(get("").get(1)).matches("app +true +-.*");
    assertThat(get("app")).contains("name  app").anyMatch(line -> line.matches("  vip +-.*"));
    assertThat(get("app/backends")).hasSize(2).anyMatch(line -> line.matches("b1 +- +- +10 .*"));
    assertThat(get("app/backends/b1")).containsExactly("name      b1", "capacity  10");
    assertThat(get("app/buckets")).hasSize(3).anyMatch(line -> line.matches("root +100% .*"));
    assertThat(get("app/buckets/root")).contains("rate  100%").hasSize(6);
  }

  private List<String> get(String path) {
    assertThat(path.isEmpty() ? ctl("get") : ctl("get", path)).isZero();
    List<String> lines = out().lines().toList();
    out.reset();
    return lines;
  }

  @Test
  void all_that_the_api_refuses_is_said_on_standard_error() {
    admin.answer(
        "POST /director/app",
        400,
        """
        {'error': 'bad-value', 'message': 'a: want 1, got 2 (and 1 more)', 'problems': [
          {'field': 'a', 'wanted': '1', 'got': '2'}, {'field': 'b', 'wanted': '3', 'got': '4'}]}
        """);
    assertThat(ctl("set", "app", "a=2", "b=4")).isEqualTo(1);
    assertThat(err()).isEqualTo("usher ctl: a: want 1, got 2\nusher ctl: b: want 3, got 4\n");
    assertThat(out()).isEmpty();
  }

  @Test
  void to_add_what_exists_fails_and_says_what_to_do() {
    admin.answer(
        "PUT /director/app/buckets/vip", 412, "{'message': 'If-None-Match: it exists already'}");
    assertThat(ctl("add", "app/buckets/vip", "rate=1%")).isEqualTo(1);
    assertThat(err()).isEqualTo("usher ctl: app/buckets/vip exists already; set changes it\n");
  }

  @Test
  void the_token_is_read_from_its_file() throws IOException {
    Path token = Files.writeString(folder.resolve("token"), "s3cret\n");
    ctl("get", "--token-file", token.toString());
    assertThat(admin.asked()).containsExactly("GET /director/ [Bearer s3cret]");
    String absent = folder.resolve("absent").toString();
    assertThat(ctl("get", "--token-file", absent)).isEqualTo(2);
    assertThat(err())
        .contains(
            "usher ctl: --token-file: want a readable file that holds the token",
            "got '" + absent + "'")
        .contains("Try 'usher ctl get --help'.");
  }

  @Test
  void where_the_api_is_may_be_said_before_the_verb() {
    admin.answer("GET /director/", 200, "{}");
    assertThat(run("ctl", "--admin", admin.hostAndPort(), "get")).isZero();
    assertThat(run("ctl", "--admin=" + admin.hostAndPort(), "export")).isZero();
    assertThat(admin.asked()).hasSize(2);
  }

  @Test
  void nobody_there_is_a_failure_with_the_address() {
    assertThat(run("ctl", "get", "--admin", "127.0.0.1:1")).isEqualTo(1);
    assertThat(err())
        .startsWith("usher ctl: cannot connect to 127.0.0.1:1: ")
        .doesNotContain("\tat ");
  }

  @Test
  void an_export_is_a_configuration_that_says_the_same_each_time() throws Exception {
    admin
        .answer("GET /director/", 200, "{'a': {}, 'gone': {}, 'b': {}}")
        .answer(
            "GET /director/a/config",
            200,
            "{'queue-limit': 5, 'backends': {'b1': {'url': 'http://h:80', 'capacity': 3}}}")
        .answer("GET /director/b/config", 200, "{'buckets': {'true': {'rate': '10%'}}}");
    String file = folder.resolve("export.yaml").toString();
    assertThat(ctl("export", file)).isZero();
    assertThat(out()).isEmpty();
    String yaml = Files.readString(Path.of(file));
    assertThat(yaml)
        .startsWith("# All directors of a sidecar, by `usher ctl export`.\n")
        .endsWith(
            """
            routes:
              - {on-demand: true}
            directors:
              a:
                queue-limit: 5
                backends:
                  b1: {url: 'http://h:80', capacity: 3}
              b:
                buckets:
                  'true': {rate: 10%}
            """);
    assertThat(ctl("export", "-")).isZero();
    assertThat(out()).isEqualTo(yaml);
    out.reset();
    assertThat(run("check", file)).isZero();
    assertThat(out()).contains("2 directors, 1 backend, 1 bucket");
  }

  @Test
  void an_export_of_one_or_no_director_needs_no_routes() {
    admin
        .answer("GET /director/", 200, "{}")
        .answer("GET /director/", 200, "{'a': {}}")
        .answer("GET /director/a/config", 200, "{'queue-limit': 5}");
    ctl("export");
    ctl("export");
    String comment = "# All directors of a sidecar, by `usher ctl export`.\n";
    assertThat(out())
        .isEqualTo(comment + "directors: {}\n" + comment + "directors:\n  a: {queue-limit: 5}\n");
  }

  @Test
  void an_export_that_fails_leaves_the_file_alone() throws IOException {
    Path file = Files.writeString(folder.resolve("export.yaml"), "before");
    admin
        .answer("GET /director/", 200, "{'a': {}}")
        .answer("GET /director/a/config", 500, "{'message': 'a defect'}");
    assertThat(ctl("export", file.toString())).isEqualTo(1);
    assertThat(file).hasContent("before");
    assertThat(err()).isEqualTo("usher ctl: a defect\n");
  }

  @Test
  void an_export_to_where_nothing_can_be_written_fails() {
    admin.answer("GET /director/", 200, "{}");
    String file = folder.resolve("absent").resolve("export.yaml").toString();
    assertThat(ctl("export", file)).isEqualTo(1);
    assertThat(err()).startsWith("usher ctl: cannot write '" + file + "': ");
  }

  @Test
  void an_import_reports_each_director() throws IOException {
    admin.answer("PUT /director/a", 201, "{}").answer("PUT /director/b", 201, "{}");
    String file = file("directors: {a: {queue-limit: 5}, b: {}}");
    assertThat(ctl("import", file)).isZero();
    assertThat(out()).isEqualTo("created a\ncreated b\ndirectors: created 2\n");
    admin.answer("PUT /director/b", 400, "{'message': 'no'}");
    admin.answer("PUT /director/b", 400, "{'message': 'no'}");
    ctl("import", file);
    assertThat(ctl("import", file)).isEqualTo(1);
    assertThat(err()).contains("usher ctl: b: no\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " --dry-run", " --prune"})
  void an_import_of_a_wrong_file_says_all_that_is_wrong_and_asks_nothing(String options)
      throws IOException {
    String file = file("nonsense: 1\ndirectors:\n  a: {queue-limit: -1}\n  b: {x: 1}\n");
    assertThat(ctl(("import " + file + options).split(" ", -1))).isEqualTo(2);
    assertThat(err().lines())
        .hasSize(3)
        .anyMatch(line -> line.startsWith(file + ":1: nonsense: want "))
        .anyMatch(line -> line.startsWith(file + ":3: directors.a.queue-limit: want "))
        .anyMatch(line -> line.startsWith(file + ":4: directors.b.x: want "));
    assertThat(out()).isEmpty();
    assertThat(admin.asked()).isEmpty();
  }

  @ParameterizedTest(name = "usher {0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          ctl                          | want a verb
          ctl exprot                   | Did you mean: ctl export
          ctl get /app                 | want DIRECTOR, DIRECTOR/backends/NAME or DIRECTOR/buckets/NAME
          ctl get app/backend/b        | did you mean 'backends'?
          ctl get app more             | more
          ctl get --admin nowhere      | want ADDR:PORT
          ctl get --admin 127.0.0.1:0  | want a port from 1 to 65535
          ctl get --token-file         | --token-file
          ctl get --now                | --now
          ctl set                      | PATH
          ctl set app                  | KEY=VALUE
          ctl set app queue-limit      | want KEY=VALUE such as queue-limit=200, got 'queue-limit'
          ctl set app =5               | want KEY=VALUE
          ctl set app/backends a=1     | PATH: want DIRECTOR, DIRECTOR/backends/NAME
          ctl add                      | PATH
          ctl add app/buckets          | PATH: want DIRECTOR, DIRECTOR/backends/NAME
          ctl remove                   | PATH
          ctl remove app --now         | --now: want a backend, got 'app'
          ctl remove app/buckets/b --now | --now: want a backend, got 'app/buckets/b'
          ctl lock app/buckets/vip     | PATH: want DIRECTOR or DIRECTOR/backends/NAME
          ctl unlock app/buckets/vip   | PATH: want DIRECTOR or DIRECTOR/backends/NAME
          ctl unlock app/backends      | PATH: want DIRECTOR, DIRECTOR/backends/NAME
          ctl explain app              | PATH: want DIRECTOR/buckets/NAME, got 'app'
          ctl export a b               | b
          ctl export --json            | --json
          ctl import                   | FILE
          ctl import a --json          | --json
          """)
  void wrong_use_ends_with_2_and_a_hint(String arguments, String hint) {
    assertThat(run(arguments.split(" ", -1))).isEqualTo(2);
    assertThat(err()).startsWith("usher ctl: ").contains(hint).contains(" --help'.");
    assertThat(out()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"get", "set", "add", "remove", "lock", "unlock", "explain", "export", "import"})
  void every_verb_has_help_with_examples(String verb) {
    assertThat(run("ctl", verb, "--help")).isZero();
    assertThat(out()).contains("Usage: usher ctl " + verb, "--admin", "  usher ctl " + verb + " ");
    assertThat(out()).doesNotContain("%%");
    out.reset();
    assertThat(run("ctl", "--help")).isZero();
    assertThat(out()).containsPattern("(?m)^  " + verb + " +\\S.{20,70}$");
  }

  private String file(String yaml) throws IOException {
    return Files.writeString(folder.resolve("directors.yaml"), yaml).toString();
  }

  /** Runs {@code usher ctl} against the fake. */
  private int ctl(String... args) {
    List<String> all = new ArrayList<>(List.of("ctl"));
    all.addAll(Arrays.asList(args));
    all.addAll(List.of("--admin", admin.hostAndPort()));
    return run(all.toArray(new String[0]));
  }

  private int run(String... args) {
    FakeTime time = new FakeTime();
    Terminal terminal =
        new Terminal(printer(out), printer(err), () -> false, () -> new Canvas(80, true, false));
    ConfigReader reader = new ConfigReader(new UndertowRouteSyntax());
    return new UsherCli(new FakeLauncher(), reader, new NoEnding(), time, time, terminal).run(args);
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

  private static final class NoEnding implements Ending {
    @Override
    public void prepare(Runnable drain) {}

    @Override
    public void await() {}
  }
}
