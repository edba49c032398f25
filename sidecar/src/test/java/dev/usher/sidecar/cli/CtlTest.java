package dev.usher.sidecar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.sidecar.cli.ctl.FakeAdmin;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code usher ctl} asks and says. */
class CtlTest extends CtlCase {
  private static final String FORM = " [application/x-www-form-urlencoded] ";

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
      forgetOutput();
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
    forgetOutput();
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
    forgetOutput();
    assertThat(run("ctl", "--help")).isZero();
    assertThat(out()).containsPattern("(?m)^  " + verb + " +\\S.{20,70}$");
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"get", "get app", "lock app", "set app a=1", "remove app"})
  void what_no_admin_api_says_is_not_taken_for_done(String command) {
    for (String answer : List.of("", "[1, 2]", "3", "'ok'")) {
      for (String request : List.of("GET /director/", "GET /director/app", "LOCK /director/app")) {
        admin.answer(request, 200, answer);
      }
      admin.answer("POST /director/app", 200, answer).answer("DELETE /director/app", 200, answer);
      assertThat(ctl(command.split(" ", -1))).as(answer).isEqualTo(1);
      assertThat(out()).as(answer).isEmpty();
      assertThat(err()).endsWith(": is it the admin API?\n");
    }
  }

  @Test
  void what_cannot_be_written_is_a_failure() {
    admin.answer("GET /director/", 200, "{}");
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int octet) throws IOException {
            throw new IOException("no space left");
          }
        };
    for (String command : List.of("get", "get --json", "export")) {
      assertThat(ctlInto(full, command.split(" ", -1))).as(command).isEqualTo(1);
    }
    assertThat(err()).isEqualTo("usher ctl: cannot write to standard output\n".repeat(3));
  }
}
