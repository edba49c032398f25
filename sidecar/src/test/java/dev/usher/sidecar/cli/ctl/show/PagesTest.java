package dev.usher.sidecar.cli.ctl.show;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.sidecar.cli.ctl.FakeAdmin;
import dev.usher.sidecar.cli.ctl.api.Tree;
import dev.usher.sidecar.config.text.JsonText;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class PagesTest {
  private static final String APP =
      """
      {'name': 'app', 'version': 3, 'mutable': true, 'enabled': true, 'scheduler': 'least-load',
       'health-check': {'interval': '2s', 'expect': [200, 204]}, 'capacity': 30,
       'stats': {'load': {'current': 12, 'max': 15, 'total': 941},
                 'queued': {'current': 3, 'max': 7, 'total': 17}, 'dropped': 5},
       'shaper': {'name': 'root', 'rate': '100%', 'ceil': '100%', 'priority': 0, 'token-rate': 30,
         'token-ceil': 30, 'actual': 12, 'queued': 3, 'stats': {'granted': 941}, 'buckets': [
           {'name': 'vip', 'rate': '10%', 'ceil': '30%', 'priority': 0, 'token-rate': 3,
            'token-ceil': 9, 'actual': 2, 'queued': 0, 'buckets': []},
           {'name': 'main', 'rate': '50%', 'ceil': '70%', 'priority': 1, 'token-rate': 15,
            'token-ceil': 21, 'actual': 10, 'queued': 3, 'buckets': [
              {'name': 'upload', 'rate': '5t', 'ceil': '50%', 'priority': 7, 'token-rate': 5,
               'token-ceil': 10, 'actual': 10, 'queued': 3, 'buckets': []}]}]},
       'backends': [
         {'name': 'app01', 'url': 'http://10.0.0.3:8080', 'role': 'active', 'enabled': true,
          'capacity': 10, 'load': {'current': 10}, 'health': {'state': 'online'}},
         {'name': 'a-long-name-of-a-backend', 'url': 'http://10.0.0.4:80', 'role': 'terminating',
          'enabled': false, 'capacity': 1000000, 'load': {'current': 2},
          'health': {'state': 'online'}},
         {'name': 'app03', 'url': 'http://10.0.0.5:80', 'role': 'active', 'enabled': true,
          'capacity': 20, 'load': {'current': 0}, 'health': {'state': 'offline'}}]}
      """;

  @Test
  void directors_are_a_line_each_with_the_backends_that_serve() {
    assertThat(lines(Pages::directors, "{'app': " + APP + ", 'none': {}}"))
        .containsExactly(
            "DIRECTOR  ENABLED  CAPACITY  LOAD  QUEUED  DROPPED  ONLINE",
            "app       true           30    12       3        5     1/3",
            "none      -               -     -       -        -     0/0");
  }

  @Test
  void no_directors_are_a_heading() {
    assertThat(lines(Pages::directors, "{}"))
        .containsExactly("DIRECTOR  ENABLED  CAPACITY  LOAD  QUEUED  DROPPED  ONLINE");
  }

  @Test
  void a_director_is_its_settings_its_tree_and_its_backends() {
    assertThat(lines(Pages::director, APP))
        .containsExactly(
            "name                   app",
            "version                3",
            "mutable                true",
            "enabled                true",
            "scheduler              least-load",
            "health-check.interval  2s",
            "health-check.expect    200,204",
            "capacity               30",
            "stats.load.current     12",
            "stats.load.max         15",
            "stats.load.total       941",
            "stats.queued.current   3",
            "stats.queued.max       7",
            "stats.queued.total     17",
            "stats.dropped          5",
            "",
            "BUCKET      RATE  CEIL  PRIORITY  TOKENS  ACTUAL  QUEUED",
            "root        100%  100%         0  30..30      12       3",
            "  vip        10%   30%         0    3..9       2       0",
            "  main       50%   70%         1  15..21      10       3",
            "    upload    5t   50%         7   5..10      10       3",
            "",
            "BACKEND                   ROLE         ENABLED  CAPACITY  LOAD  HEALTH   URL",
            "app01                     active       true           10    10  online"
                + "   http://10.0.0.3:8080",
            "a-long-name-of-a-backend  terminating  false     1000000     2  online"
                + "   http://10.0.0.4:80",
            "app03                     active       true           20     0  offline"
                + "  http://10.0.0.5:80");
  }

  @Test
  void what_a_later_version_adds_is_shown_as_well() {
    assertThat(
            lines(
                Pages::backend,
                """
                {'name': 'app01', 'retired': null, 'hostname': 'app.example', 'tags': [],
                 'overrides': {'capacity': {'file': 10, 'now': 20}, 'none': {}},
                 'certificates': [{'name': 'a', 'days': 1.5}, {'name': 'b'}]}
                """))
        .containsExactly(
            "name                     app01",
            "retired                  -",
            "hostname                 app.example",
            "tags                     -",
            "overrides.capacity.file  10",
            "overrides.capacity.now   20",
            "overrides.none           -",
            "certificates[0].name     a",
            "certificates[0].days     1.5",
            "certificates[1].name     b");
  }

  @Test
  void what_an_earlier_version_lacks_is_a_dash() {
    assertThat(lines(Pages::director, "{'name': 'app', 'backends': [{'name': 'b'}, 3]}"))
        .containsExactly(
            "name  app",
            "",
            "BUCKET  RATE  CEIL  PRIORITY  TOKENS  ACTUAL  QUEUED",
            "-          -     -         -    -..-       -       -",
            "",
            "BACKEND  ROLE  ENABLED  CAPACITY  LOAD  HEALTH  URL",
            "b        -     -               -     -  -       -",
            "-        -     -               -     -  -       -");
  }

  @Test
  void a_bucket_shows_what_is_below_it_if_anything_is() {
    String child = "{'name': 'c', 'rate': '1t', 'buckets': []}";
    assertThat(lines(Pages::bucket, child)).containsExactly("name  c", "rate  1t");
    assertThat(lines(Pages::bucket, "{'name': 'p', 'rate': '2t', 'buckets': [" + child + "]}"))
        .containsExactly(
            "name  p",
            "rate  2t",
            "",
            "BUCKET  RATE  CEIL  PRIORITY  TOKENS  ACTUAL  QUEUED",
            "p         2t     -         -    -..-       -       -",
            "  c       1t     -         -    -..-       -       -");
  }

  @Test
  void an_explanation_is_its_sentence_and_who_holds_the_tokens() {
    assertThat(lines(Pages::explanation, "{'message': 'nothing waits', 'holders': []}"))
        .containsExactly("nothing waits");
    assertThat(
            lines(
                Pages::explanation,
                """
                {'message': '2 wait', 'holders': [{'bucket': 'main', 'tokens': 12},
                                                  {'bucket': 'vip', 'tokens': 3}]}
                """))
        .containsExactly("2 wait", "", "BUCKET  TOKENS", "main        12", "vip          3");
  }

  @Test
  void nothing_that_a_sidecar_says_moves_the_cursor() {
    assertThat(lines(Pages::backend, "{'a\\u001b[2J': 'b\\u0007\\r\\nc\\u202e', 'd': '日本'}"))
        .containsExactly("a\\u{1b}[2J  b\\u{7}\\u{d}\\u{a}c\\u{202e}", "d           日本");
  }

  private static List<String> lines(Function<Tree, List<String>> page, String json) {
    return page.apply(new Tree(JsonText.read(FakeAdmin.json(json)).orElseThrow()));
  }
}
