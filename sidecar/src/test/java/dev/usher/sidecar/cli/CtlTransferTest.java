package dev.usher.sidecar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code usher ctl export} writes and {@code import} reads. */
class CtlTransferTest extends CtlCase {
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
    forgetOutput();
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

  @Test
  void an_export_names_host_and_port_of_a_director_on_demand() throws IOException {
    admin
        .answer("GET /director/", 200, "{'shop': {'hostname': '::1', 'port': 8080}}")
        .answer("GET /director/shop/config", 200, "{'queue-limit': 5}");
    assertThat(ctl("export")).isZero();
    assertThat(out())
        .endsWith("directors:\n  shop: {hostname: '::1', port: 8080, queue-limit: 5}\n")
        .contains("# `usher run` reads no hostname and port");
    admin.answer("PUT /director/shop?hostname=%3A%3A1&port=8080", 201, "{}");
    String file = file(out());
    forgetOutput();
    admin.answer("GET /director/shop/config", 404, "{'message': 'no director'}");
    admin.answer("GET /director/shop/config", 404, "{'message': 'no director'}");
    ctl("import", file);
    forgetOutput();
    assertThat(ctl("import", file)).as(err()).isZero();
    assertThat(out()).isEqualTo("created shop\ndirectors: created 1\n");
    assertThat(run("check", file)).isEqualTo(2);
    assertThat(err()).contains("directors.shop.hostname: want a known key");
  }

  @Test
  void an_export_leaves_out_what_requests_make_from_the_template() {
    admin
        .answer(
            "GET /director/",
            200,
            "{'a-80': {'hostname': 'a', 'port': 80, 'templated': true}, 'app': {}}")
        .answer("GET /director/app/config", 200, "{'queue-limit': 5}");
    assertThat(ctl("export")).isZero();
    assertThat(out())
        .contains("# Without 1 that requests made from the template, and make again.\n")
        .endsWith("directors:\n  app: {queue-limit: 5}\n");
  }

  @Test
  void a_dry_run_says_what_the_sidecar_would_refuse() throws IOException {
    String tried = "POST /transaction?dry-run=true";
    admin
        .answer(tried, 200, "{'dry-run': true, 'directors': {'a': {'result': 'created'}}}")
        .answer(
            tried,
            409,
            """
            {'error': 'name-taken', 'message': 'changes[0]: taken (and 1 more)', 'details': [
              {'change': 0, 'error': 'name-taken', 'message': 'taken'},
              {'change': 0, 'error': 'impossible', 'message': 'too much'}]}
            """);
    String file = file("directors: {a: {}, b: {hostname: B.example, port: 81}}");
    assertThat(ctl("import", file, "--dry-run")).isEqualTo(1);
    assertThat(out()).isEqualTo("would create a\nfailed b\ndirectors: would create 1, failed 1\n");
    assertThat(err()).isEqualTo("usher ctl: b: taken\nusher ctl: b: too much\n");
    assertThat(admin.asked())
        .filteredOn(request -> !request.startsWith("GET "))
        .hasSize(2)
        .allMatch(request -> request.startsWith(tried))
        .last()
        .asString()
        .contains("\"path\":\"/director/b?hostname=b.example&port=81\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{hostname: a/b}", "{hostname: a, port: 0}", "{port: 80}", "{hostname: [a]}"})
  void an_import_wants_a_host_and_a_port_that_can_be(String director) throws IOException {
    String file = file("directors:\n  a: " + director + "\n");
    assertThat(ctl("import", file)).isEqualTo(2);
    assertThat(err()).matches("(?s)\\Q" + file + "\\E:2: directors[.]a[.](hostname|port): want .*");
    assertThat(admin.asked()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{'a': 'b'}", "{'a': [1]}", "[]", "3", ""})
  void what_no_sidecar_says_is_not_exported_as_one_without_directors(String answer)
      throws IOException {
    Path file = Files.writeString(folder.resolve("export.yaml"), "before");
    admin
        .answer("GET /director/", 200, answer)
        .answer("GET /director/a/config", 200, "{'queue-limit': 5}");
    assertThat(ctl("export", file.toString())).isEqualTo(1);
    assertThat(file).hasContent("before");
    assertThat(err()).endsWith("is it the admin API?\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"export", "import"})
  void a_name_that_no_file_can_have_is_wrong_use(String verb) {
    assertThat(ctl(verb, "a\0b")).isEqualTo(2);
    assertThat(err()).contains("want the name of a file");
  }
}
