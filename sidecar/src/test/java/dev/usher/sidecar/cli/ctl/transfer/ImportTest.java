package dev.usher.sidecar.cli.ctl.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.sidecar.cli.ctl.FakeAdmin;
import dev.usher.sidecar.cli.ctl.api.ApiClient;
import dev.usher.sidecar.config.ImportedDirector;
import dev.usher.sidecar.config.SpecWriter;
import dev.usher.sidecar.director.endpoint.Endpoint;
import dev.usher.sidecar.director.spec.DirectorSpec;
import dev.usher.sidecar.director.spec.DirectorSpec.Settings;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class ImportTest {
  private static final String NO = "{'error': 'bad-value', 'message': 'queue-limit: want less'}";

  @AutoClose private final FakeAdmin admin = new FakeAdmin();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void each_director_is_created_changed_or_left_alone() {
    admin
        .answer("PUT /director/new", 201, "{}")
        .answer("GET /director/old/config", 200, "{'queue-limit': 1}", "ETag", "\"1\"")
        .answer("PUT /director/old", 200, "{}", "ETag", "\"2\"")
        .answer("GET /director/same/config", 200, json("same"), "ETag", "\"7\"");
    assertThat(run(false, false, "new", "old", "same")).isTrue();
    assertThat(out())
        .containsExactly(
            "created new",
            "changed old",
            "unchanged same",
            "directors: created 1, changed 1, unchanged 1");
    assertThat(err()).isEmpty();
    assertThat(changes())
        .containsExactly(
            "PUT /director/new [application/json] " + json("new"),
            "PUT /director/old [application/json] " + json("old"));
  }

  @Test
  void a_change_in_which_the_sidecar_sees_none_is_reported_as_none() {
    admin
        .answer("GET /director/app/config", 200, "{'of-later': 1}", "ETag", "\"3\"")
        .answer("PUT /director/app", 200, "{}", "ETag", "\"3\"");
    assertThat(run(false, false, "app")).isTrue();
    assertThat(out()).startsWith("unchanged app");
  }

  @Test
  void one_that_is_refused_does_not_stop_the_others() {
    admin
        .answer("PUT /director/a", 201, "{}")
        .answer("PUT /director/b", 400, NO)
        .answer("GET /director/c/config", 500, "{'message': 'a defect'}")
        .answer("PUT /director/d", 201, "{}");
    assertThat(run(false, false, "a", "b", "c", "d")).isFalse();
    assertThat(out())
        .containsExactly(
            "created a", "failed b", "failed c", "created d", "directors: created 2, failed 2");
    assertThat(err())
        .containsExactly("usher ctl: b: queue-limit: want less", "usher ctl: c: a defect");
  }

  @Test
  void pruning_removes_the_others_when_all_is_well() {
    admin
        .answer("PUT /director/a", 201, "{}")
        .answer("GET /director/", 200, "{'a': {}, 'x': {}, 'y': {}, 'z': {}}")
        .answer("DELETE /director/x", 204, "")
        .answer("DELETE /director/z", 403, "{'message': 'it may not go'}");
    assertThat(run(false, true, "a")).isFalse();
    assertThat(out())
        .containsExactly(
            "created a",
            "removed x",
            "removed y",
            "failed z",
            "directors: created 1, removed 2, failed 1");
    assertThat(err()).containsExactly("usher ctl: z: it may not go");
  }

  @Test
  void pruning_removes_nothing_after_a_failure() {
    admin.answer("PUT /director/a", 400, NO).answer("GET /director/", 200, "{'a': {}, 'x': {}}");
    assertThat(run(false, true, "a")).isFalse();
    assertThat(out()).containsExactly("failed a", "kept x", "directors: kept 1, failed 1");
    assertThat(changes()).noneMatch(request -> request.startsWith("DELETE"));
  }

  @Test
  void a_dry_run_only_asks_what_would_be_done() {
    String tried = "POST /transaction?dry-run=true";
    admin
        .answer(tried, 200, "{'directors': {'new': {'result': 'created'}}}")
        .answer(tried, 200, "{'directors': {'old': {'result': 'changed'}}}")
        .answer("GET /director/old/config", 200, "{'queue-limit': 1}")
        .answer("GET /director/same/config", 200, json("same"))
        .answer("GET /director/", 200, "{'old': {}, 'same': {}, 'x': {}}");
    assertThat(run(true, true, "new", "old", "same")).isTrue();
    assertThat(out())
        .containsExactly(
            "would create new",
            "would change old",
            "unchanged same",
            "would remove x",
            "directors: would create 1, would change 1, unchanged 1, would remove 1");
    assertThat(changes()).containsExactly(tried("new"), tried("old"));
  }

  @Test
  void what_the_template_makes_is_not_pruned() {
    admin
        .answer("PUT /director/a", 201, "{}")
        .answer("GET /director/", 200, "{'a': {}, 'x-80': {'templated': true}}");
    assertThat(run(false, true, "a")).isTrue();
    assertThat(out()).containsExactly("created a", "directors: created 1");
  }

  @Test
  void one_on_demand_is_put_for_its_host_and_port_though_its_configuration_is_the_same() {
    String put = "PUT /director/shop?hostname=shop.example&port=8080";
    admin
        .answer("GET /director/shop/config", 200, json("shop"), "ETag", "\"7\"")
        .answer(put, 200, "{}", "ETag", "\"7\"")
        .answer(put, 409, "{'message': 'name: it is for another'}");
    ImportedDirector shop =
        new ImportedDirector(director("shop"), new Endpoint("shop.example", 8080));
    assertThat(run(false, false, List.of(shop))).isTrue();
    assertThat(run(false, false, List.of(shop))).isFalse();
    assertThat(out()).contains("unchanged shop", "failed shop");
    assertThat(err()).containsExactly("usher ctl: shop: name: it is for another");
  }

  @Test
  void a_connection_that_breaks_stops_it_and_says_what_was_done() {
    admin.answer("PUT /director/a", 201, "{}").hangUp("PUT /director/b");
    assertThat(run(false, true, "a", "b", "c", "d")).isFalse();
    assertThat(out())
        .containsExactly(
            "created a",
            "failed b",
            "skipped c",
            "skipped d",
            "directors: created 1, failed 1, skipped 2");
    assertThat(err())
        .singleElement()
        .asString()
        .startsWith("usher ctl: the connection to " + admin.hostAndPort() + " broke")
        .endsWith("; what was asked for may have been done");
    assertThat(admin.asked()).noneMatch(request -> request.contains("/director/c"));
  }

  @Test
  void without_the_token_it_stops_at_once() {
    admin.answer("GET /director/a/config", 401, "{'message': 'want the token'}");
    assertThat(run(false, false, "a", "b")).isFalse();
    assertThat(out()).containsExactly("failed a", "skipped b", "directors: failed 1, skipped 1");
    assertThat(err()).contains("usher ctl: want the token");
  }

  @Test
  void a_list_that_cannot_be_read_fails_although_all_directors_are_in_force() {
    admin.answer("PUT /director/a", 201, "{}").answer("GET /director/", 200, "{'../x': {}}");
    assertThat(run(false, true, "a")).isFalse();
    assertThat(out()).containsExactly("created a", "directors: created 1");
    assertThat(err())
        .containsExactly("usher ctl: the answer names a director '../x': is it the admin API?");
  }

  @Test
  void an_empty_file_does_nothing() {
    assertThat(run(false, false)).isTrue();
    assertThat(out()).containsExactly("directors: none");
    assertThat(admin.asked()).isEmpty();
  }

  private boolean run(boolean dryRun, boolean prune, String... names) {
    return run(
        dryRun,
        prune,
        Stream.of(names).map(name -> new ImportedDirector(director(name), null)).toList());
  }

  private boolean run(boolean dryRun, boolean prune, List<ImportedDirector> directors) {
    ImportReport report =
        new ImportReport(
            new PrintStream(out, false, StandardCharsets.UTF_8),
            new PrintWriter(err, false, StandardCharsets.UTF_8),
            dryRun);
    new Import(new ApiClient(admin.address(), null), report, dryRun, prune).run(directors);
    return report.isFine();
  }

  private static DirectorSpec director(String name) {
    return new DirectorSpec(name, Settings.DEFAULT, List.of(), List.of());
  }

  private static String tried(String name) {
    return "POST /transaction?dry-run=true [application/json] {\"changes\":[{\"method\":\"PUT\","
        + "\"path\":\"/director/%s\",\"body\":%s}]}".formatted(name, json(name));
  }

  private static String json(String name) {
    return SpecWriter.directorText(director(name));
  }

  private List<String> changes() {
    return admin.asked().stream().filter(request -> !request.startsWith("GET")).toList();
  }

  private List<String> out() {
    return out.toString(StandardCharsets.UTF_8).lines().toList();
  }

  private List<String> err() {
    return err.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
