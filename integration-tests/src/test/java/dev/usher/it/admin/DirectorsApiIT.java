package dev.usher.it.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.usher.it.harness.AdminClient;
import dev.usher.it.harness.Reply;
import dev.usher.it.harness.Stage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DirectorsApiIT {
  static final String FULL =
      """
      {'enabled':true,'scheduler':'chance','queue-limit':77,'queue-timeout':'1500ms',
       'retry-after':'3s','max-retry-count':2,'enqueue-on-unavailable':false,
       'sticky-offline-mode':true,'on-client-abort':'ignore','connect-timeout':'2s',
       'read-timeout':'5s','write-timeout':'6s','client-timeout':'7s',
       'response-tags':false,'forward-tag':true,
       'health-check':{'mode':'lazy','path':'/ping','host':'probe','interval':'1m',
         'timeout':'700ms','success-threshold':3,'expect':[200,204,301]},
       'backends':{
         'b2':{'url':'http://127.0.0.1:9','capacity':4,'role':'standby','enabled':false},
         'b1':{'url':'http://127.0.0.1:9','capacity':6,'role':'active','enabled':true}},
       'buckets':{
         'vip':{'rate':'12.5%','ceil':'30%','priority':1,'weight':9,'lend':'50%','cost':2},
         'main':{'rate':'3t','ceil':'7t','buckets':{'upload':{'rate':'50%','ceil':'50%'}}}}}
      """;

  @RegisterExtension static final Stage STAGE = Stage.standard();

  private final AdminClient admin = STAGE.admin();

  @BeforeEach
  void removeWhatTestsCreate() {
    admin.delete("/director/app");
    admin.delete("/director/other");
  }

  @Test
  void putCreatesThenReplaces() {
    Reply created = admin.put("/director/app", "{'queue-limit':5}").expect(201);
    assertThat(created.etag()).isNotEmpty();
    assertThat(admin.read("/director/app").at("/queue-limit").asInt()).isEqualTo(5);
    Reply replaced = admin.put("/director/app", "{'max-retry-count':1}").expect(200);
    assertThat(replaced.etag()).isNotEqualTo(created.etag());
    JsonNode now = admin.read("/director/app");
    assertThat(now.at("/max-retry-count").asInt()).isEqualTo(1);
    assertThat(now.at("/queue-limit").asInt()).as("back to its default").isEqualTo(1000);
  }

  @Test
  void putWithoutABodyTakesDefaults() {
    admin.call("PUT", "/director/app", "").expect(201);
    assertThat(admin.read("/director/app").at("/scheduler").asText()).isEqualTo("least-load");
  }

  @Test
  void getListsAllDirectorsByName() {
    admin.put("/director/app", "{}").expect(201);
    admin.put("/director/other", "{}").expect(201);
    JsonNode all = admin.read("/director/");
    assertThat(all.at("/app/name").asText()).isEqualTo("app");
    assertThat(all.at("/other/name").asText()).isEqualTo("other");
    assertThat(all.at("/d0/name").asText()).isEqualTo("d0");
  }

  @Test
  void getShowsConfigurationAndState() {
    admin.put("/director/app", FULL).expect(201);
    JsonNode app = admin.read("/director/app");
    assertThat(app.at("/name").asText()).isEqualTo("app");
    assertThat(app.at("/mutable").asBoolean()).isTrue();
    assertThat(app.at("/capacity").asInt()).isEqualTo(6);
    assertThat(app.at("/queue-timeout").asText()).isEqualTo("1500ms");
    for (String level : new String[] {"load", "queued"}) {
      for (String value : new String[] {"current", "max", "total"}) {
        assertThat(app.at("/stats/" + level + "/" + value).isNumber()).isTrue();
      }
    }
    assertThat(app.at("/stats/dropped").isNumber()).isTrue();
    assertThat(app.at("/requests-per-second/history")).hasSize(60);
    assertThat(app.at("/shaper/buckets/0/requests-per-second/history")).hasSize(60);
    assertThat(app.at("/shaper/name").asText()).isEqualTo("root");
    assertThat(app.at("/shaper/token-ceil").asInt()).isEqualTo(6);
    assertThat(app.at("/shaper/buckets/0/name").asText()).isEqualTo("vip");
    assertThat(app.at("/shaper/buckets/0/rate").asText()).isEqualTo("12.5%");
    assertThat(app.at("/shaper/buckets/1/buckets/0/name").asText()).isEqualTo("upload");
    assertThat(app.at("/backends/0/name").asText()).isEqualTo("b2");
    assertThat(app.at("/backends/0/enabled").asBoolean()).isFalse();
    assertThat(app.at("/backends/1/url").asText()).isEqualTo("http://127.0.0.1:9");
    assertThat(app.at("/backends/1/health/state").asText()).isEqualTo("online");
    assertThat(app.at("/backends/1/requests-per-second/history")).hasSize(60);
  }

  @Test
  void whatGetConfigGivesPutTakes() {
    admin.put("/director/app", FULL).expect(201);
    Reply config = admin.get("/director/app/config").expect(200);
    JsonNode before = config.json();
    assertThat(before.at("/backends").fieldNames()).toIterable().containsExactly("b2", "b1");
    assertThat(before.at("/buckets/main/buckets/upload/ceil").asText()).isEqualTo("50%");
    assertThat(before.at("/health-check/expect")).hasSize(3);
    admin.put("/director/app", config.body()).expect(200);
    assertThat(admin.read("/director/app/config")).isEqualTo(before);
    admin.put("/director/other", config.body()).expect(201);
    assertThat(admin.read("/director/other/config")).isEqualTo(before);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          JSON  | application/json                  | {"queue-limit":12,"retry-after":"4s"} |
          form  | application/x-www-form-urlencoded | queue-limit=12&retry-after=4s         |
          query | application/x-www-form-urlencoded | ''                                    | ?queue-limit=12&retry-after=4s
          """)
  void postChangesSomePropertiesAndLeavesTheRest(
      String how, String type, String body, String query) {
    admin.put("/director/app", FULL).expect(201);
    String path = "/director/app" + (query == null ? "" : query);
    admin.call("POST", path, body, "Content-Type", type).expect(200);
    JsonNode now = admin.read("/director/app/config");
    assertThat(now.at("/queue-limit").asInt()).isEqualTo(12);
    assertThat(now.at("/retry-after").asText()).isEqualTo("4s");
    assertThat(now.at("/scheduler").asText()).isEqualTo("chance");
    assertThat(now.at("/backends/b1/capacity").asInt()).isEqualTo(6);
    assertThat(now.at("/buckets/vip/weight").asInt()).isEqualTo(9);
  }

  @Test
  void deleteRemoves() {
    admin.put("/director/app", FULL).expect(201);
    Reply deleted = admin.delete("/director/app").expect(204);
    assertThat(deleted.body()).isEmpty();
    admin.get("/director/app").expect(404);
    admin.delete("/director/app").expect(404);
    assertThat(admin.read("/director/").has("app")).isFalse();
  }

  @Test
  void lockDisablesAndUnlockEnables() {
    admin.put("/director/app", FULL).expect(201);
    assertThat(admin.lock("/director/app").expect(204).body()).isEmpty();
    assertThat(admin.read("/director/app").at("/enabled").asBoolean()).isFalse();
    admin.lock("/director/app").expect(204);
    admin.unlock("/director/app").expect(204);
    assertThat(admin.read("/director/app").at("/enabled").asBoolean()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /director/none",
    "POST, /director/none",
    "DELETE, /director/none",
    "LOCK, /director/none",
    "UNLOCK, /director/none",
    "GET, /director/none/config",
    "GET, /director/none/backends/b",
    "PUT, /director/none/backends/b",
    "POST, /director/none/backends/b",
    "DELETE, /director/none/backends/b",
    "LOCK, /director/none/backends/b",
    "GET, /director/none/buckets/b",
    "PUT, /director/none/buckets/b",
    "GET, /director/none/buckets/b/explain",
    "GET, /director/app/nonsense",
    "GET, /director/app/config/more",
    "GET, /nonsense"
  })
  void whatIsNotThereIs404(String verb, String path) {
    admin.put("/director/app", "{}").expect(201);
    Reply reply = admin.call(verb, path, "").expect(404);
    assertThat(reply.json().at("/error").asText()).isNotEmpty();
    assertThat(reply.json().at("/message").asText()).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /director/",
    "DELETE, /director/",
    "PATCH, /director/app",
    "PUT, /director/app/config",
    "LOCK, /director/app/config",
    "PATCH, /director/app/backends/b1",
    "LOCK, /director/app/buckets/vip",
    "POST, /director/app/buckets/vip/explain",
    "POST, /health",
    "DELETE, /ready"
  })
  void aVerbThatAPathDoesNotHaveIs405(String verb, String path) {
    admin.put("/director/app", FULL).expect(201);
    Reply reply = admin.call(verb, path, "").expect(405);
    assertThat(reply.header("Allow")).isNotEmpty().doesNotContain(verb);
    assertThat(reply.json().at("/error").asText()).isNotEmpty();
    assertThat(admin.read("/director/app/config").at("/queue-limit").asInt()).isEqualTo(77);
  }
}
