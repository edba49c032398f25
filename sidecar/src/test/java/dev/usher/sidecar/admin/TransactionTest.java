package dev.usher.sidecar.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.usher.sidecar.admin.AdminServer.Reply;
import dev.usher.sidecar.admin.AdminServer.Visit;
import dev.usher.sidecar.director.admission.Lease;
import dev.usher.sidecar.director.admission.Outcome;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Many changes as one. */
class TransactionTest {
  private final AdminServer server = new AdminServer();

  @BeforeEach
  void begin() {
    server.put(
        "/director/app",
        """
        {"queue-limit": 7,
         "backends": {"b1": {"url": "http://h", "capacity": 10}},
         "buckets": {"vip": {"rate": "60%"}, "main": {"rate": "40%"}}}
        """);
    server.put("/director/other", "{}");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /** Sends changes that are written {@code METHOD PATH [BODY]}, with ' in place of ". */
  private Reply send(String query, String... changes) {
    List<String> list = new ArrayList<>();
    for (String change : changes) {
      String[] parts = change.split(" ", 3);
      String body = parts.length == 2 ? "" : ",'body':" + parts[2];
      list.add("{'method':'%s','path':'%s'%s}".formatted(parts[0], parts[1], body));
    }
    return sendJson(query, "{'changes':[" + String.join(",", list) + "]}");
  }

  private Reply sendJson(String query, String json) {
    return server.post("/transaction" + query, json.replace('\'', '"'));
  }

  private JsonNode config(String director) {
    return server.get("/director/" + director + "/config").json();
  }

  private String tag(String director) {
    return server.get("/director/" + director).header("ETag");
  }

  @Test
  void all_changes_of_a_director_are_one_version_and_each_finds_those_before_it() {
    Reply reply =
        send(
            "",
            "POST /director/app {'queue-limit':9}",
            "PUT /director/app/backends/b2 {'url':'http://h','capacity':5}",
            "LOCK /director/app/backends/b2",
            "POST /director/app/buckets/vip {'rate':'10%'}",
            "PUT /director/app/buckets/new?parent=vip {'rate':'50%'}",
            "POST /director/app/buckets/main {'rate':'90%'}",
            "DELETE /director/app/backends/b1",
            "LOCK /director/app");

    assertThat(reply.status()).as(reply.response().body()).isEqualTo(200);
    assertThat(reply.json().at("/directors/app/etag").asText())
        .isEqualTo("\"3\"")
        .isEqualTo(tag("app"));
    assertThat(reply.json().at("/directors/app/result").asText()).isEqualTo("changed");
    assertThat(reply.json().path("dry-run").asBoolean(true)).isFalse();
    JsonNode config = config("app");
    assertThat(config.path("queue-limit").asInt()).isEqualTo(9);
    assertThat(config.path("enabled").asBoolean()).isFalse();
    assertThat(config.at("/backends/b2/enabled").asBoolean(true)).isFalse();
    assertThat(config.path("backends").has("b1")).isFalse();
    assertThat(config.at("/buckets/vip/buckets/new/rate").asText()).isEqualTo("50%");
    assertThat(config.at("/buckets/main/rate").asText()).isEqualTo("90%");
  }

  @Test
  void directors_are_changed_created_and_removed_together() {
    Reply reply =
        send(
            "",
            "PUT /director/new {'queue-limit':3}",
            "PUT /director/new/buckets/vip {'rate':'20%'}",
            "DELETE /director/other",
            "POST /director/app {'queue-limit':7}");

    assertThat(reply.json().path("directors").fieldNames())
        .toIterable()
        .containsExactly("new", "other", "app");
    assertThat(reply.json().at("/directors/new/result").asText()).isEqualTo("created");
    assertThat(reply.json().at("/directors/new/config")).isEqualTo(config("new"));
    assertThat(reply.json().at("/directors/new/etag").asText()).isEqualTo(tag("new"));
    assertThat(reply.json().at("/directors/other")).hasToString("{\"result\":\"removed\"}");
    assertThat(reply.json().at("/directors/app"))
        .hasToString("{\"result\":\"unchanged\",\"changes\":[],\"etag\":\"\\\"1\\\"\"}");
    assertThat(server.get("/director/other").status()).isEqualTo(404);
    assertThat(config("new").at("/buckets/vip/rate").asText()).isEqualTo("20%");
  }

  @Test
  void with_one_bad_change_nothing_is_changed_and_every_complaint_is_told() {
    JsonNode before = config("app");

    Reply reply =
        send(
            "",
            "POST /director/app {'queue-limit':9}",
            "PUT /director/new {}",
            "POST /director/app/buckets/vip {'rate':'70%'}",
            "PUT /director/app/backends/b2 {'url':'x','capacity':0}",
            "LOCK /director/none",
            "DELETE /director/other");

    assertThat(reply.outcome()).isEqualTo("422 impossible");
    assertThat(reply.json().path("field").asText()).isEqualTo("rate");
    assertThat(reply.json().path("message").asText())
        .startsWith("changes[2]: rate: want rates of siblings")
        .endsWith("(and 3 more)");
    JsonNode details = reply.json().path("details");
    assertThat(details.findValuesAsText("change")).containsExactly("2", "3", "3", "4");
    assertThat(details.findValuesAsText("field")).containsExactly("rate", "url", "capacity");
    assertThat(details.findValuesAsText("error"))
        .containsExactly("impossible", "bad-value", "bad-value", "not-found");
    assertThat(details.get(2))
        .hasToString(
            "{\"change\":3,\"error\":\"bad-value\",\"field\":\"capacity\","
                + "\"wanted\":\"a whole number from 1 to 1000000\",\"got\":\"'0'\","
                + "\"message\":\"capacity: want a whole number from 1 to 1000000, got '0'\"}");
    assertThat(details.get(3).path("message").asText()).isEqualTo("no director 'none'");
    assertThat(config("app")).isEqualTo(before);
    assertThat(tag("app")).isEqualTo("\"1\"");
    assertThat(server.get("/director/new").status()).isEqualTo(404);
    assertThat(server.get("/director/other").status()).isEqualTo(200);
  }

  @Test
  void of_a_director_whose_creation_is_refused_only_faults_of_their_own_are_told() {
    Reply reply =
        send(
            "",
            "PUT /director/new {'queue-limit':-1}",
            "LOCK /director/new",
            "POST /director/new/backends/b1 {'capacity':5}",
            "PUT /director/new/buckets/b?parent=a {'priority':9}",
            "POST /director/new {'max-retry-count':-1}",
            "PUT /director/gone/backends/b1 {'url':'http://h','capacity':0}",
            "POST /director/gone {}");

    assertThat(reply.json().path("details").findValuesAsText("change"))
        .containsExactly("0", "3", "4", "5", "5");
    assertThat(reply.json().path("details").get(3).path("error").asText()).isEqualTo("not-found");
    assertThat(reply.json().path("details").get(4).path("field").asText()).isEqualTo("capacity");
  }

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {}                                                                        | 400 bad-value
          {'changes':{}}                                                            | 400 bad-value
          {'changes':[],'more':1}                                                   | 400 bad-value
          {'changes':[],'dry-run':1}                                                | 400 bad-value
          {'changes':[1]}                                                           | 400 bad-value
          {'changes':[{}]}                                                          | 400 bad-value
          {'changes':[{'method':'PUT'}]}                                            | 400 bad-value
          {'changes':[{'path':'/director/app'}]}                                    | 400 bad-value
          {'changes':[{'method':'GET','path':'/director/app'}]}                     | 400 bad-value
          {'changes':[{'method':'put','path':'/director/app'}]}                     | 400 bad-value
          {'changes':[{'method':'LOCK','path':'/director/app/buckets/vip'}]}        | 400 bad-value
          {'changes':[{'method':'PUT','path':'/'}]}                                 | 400 bad-value
          {'changes':[{'method':'POST','path':'/transaction'}]}                     | 400 bad-value
          {'changes':[{'method':'PUT','path':'/director/a b'}]}                     | 400 bad-value
          {'changes':[{'method':'PUT','path':'/director/%zz'}]}                     | 400 bad-value
          {'changes':[{'method':'PUT','path':'/director/a','bdy':{}}]}              | 400 bad-value
          {'changes':[{'method':'PUT','path':'/director/a','body':[]}]}             | 400 bad-value
          {'changes':[{'method':'PUT','path':'/director/a','body':'{}'}]}           | 400 bad-value
          {'changes':[{'method':'PUT','path':'/director/a?x=1&x=2'}]}               | 400 bad-value
          {'changes':[{'method':'POST','path':'/director/app','if-match':'1'}]}     | 400 bad-value
          {'changes':[{'method':'PUT','path':'/director/app?hostname=h','body':{}}]}  | 409 name-taken
          {'changes':[{'method':'POST','path':'/director/none'}]}                   | 404 not-found
          {'changes':[{'method':'DELETE','path':'/director/app/backends/none'}]}    | 404 not-found
          {'changes':[{'method':'POST','path':'/director/app','if-match':'\\'9\\''}]} | 412 precondition-failed
          {'changes':[{'method':'PUT','path':'/director/app','if-none-match':'*'}]} | 412 precondition-failed
          {'changes':[{'method':'PUT','path':'/director/new','if-match':'*'}]}      | 412 precondition-failed
          {'changes':[{'method':'DELETE','path':'/director/app/overrides'}]}        | 422 impossible
          {'changes':[{'method':'DELETE','path':'/director/app'},{'method':'PUT','path':'/director/app'}]}  | 422 impossible
          {'changes':[{'method':'DELETE','path':'/director/app'},{'method':'POST','path':'/director/app'}]} | 404 not-found
          {'changes':[]}                                                            | 200
          {'changes':[],'dry-run':true}                                             | 200
          {'changes':[{'method':'PUT','path':'/director/new'},{'method':'DELETE','path':'/director/new'}]}  | 200
          {'changes':[{'method':'POST','path':'/director/app?queue-limit=5'}]}      | 200
          {'changes':[{'method':'POST','path':'/director/app','if-match':'\\'1\\''}]} | 200
          """)
  void answers_as_the_first_bad_change_would_alone(String json, String outcome) {
    Reply reply = sendJson("", json);
    assertThat(reply.outcome()).as(reply.response().body()).isEqualTo(outcome);
    if (reply.status() != 200) {
      assertThat(reply.json().path("message").asText()).isNotEmpty();
      assertThat(tag("app")).isEqualTo("\"1\"");
    }
    assertThat(server.get("/director/new").status()).isEqualTo(404);
  }

  @Test
  void there_may_be_a_thousand_changes() {
    String change = "POST /director/app {'queue-limit':1}";
    String[] many = Collections.nCopies(1_000, change).toArray(new String[0]);
    String[] tooMany = Collections.nCopies(1_001, change).toArray(new String[0]);
    assertThat(send("", tooMany).outcome()).isEqualTo("400 bad-value");
    assertThat(send("", many).json().at("/directors/app/etag").asText()).isEqualTo("\"3\"");
  }

  @Test
  void if_match_means_the_director_before_the_transaction() {
    String changes =
        """
        {'changes':[
          {'method':'POST','path':'/director/app','body':{'queue-limit':1},'if-match':'\\'1\\''},
          {'method':'LOCK','path':'/director/app/backends/b1','if-match':'\\'1\\''}]}
        """;
    assertThat(sendJson("", changes).status()).isEqualTo(200);
    assertThat(sendJson("", changes).json().path("details")).hasSize(2);
    assertThat(server.post("/transaction", "{\"changes\":[]}", "If-Match: \"1\"").outcome())
        .isEqualTo("400 bad-value");
  }

  @Test
  void a_backend_can_be_cut_among_other_changes() {
    Visit visit = server.visit("app", null);
    Lease lease = visit.lease();

    Reply reply =
        send(
            "",
            "DELETE /director/app/backends/b1?now=true",
            "PUT /director/app/backends/b1 {'url':'http://h','capacity':3}");

    assertThat(reply.json().at("/directors/app/cut")).hasToString("[\"b1\"]");
    assertThat(reply.json().at("/directors/app/changes"))
        .hasToString("[{\"field\":\"backends.b1.capacity\",\"before\":10,\"after\":3}]");
    await().until(() -> visit.revoked);
    lease.close(Outcome.CLIENT_GONE);
    assertThat(server.get("/director/app").json().path("capacity").asInt()).isEqualTo(3);
  }

  @Test
  void a_backend_that_drains_is_as_taken_as_it_is_alone() {
    Lease lease = server.visit("app", null).lease();
    server.delete("/director/app/backends/b1");
    assertThat(send("", "PUT /director/app/backends/b1 {'url':'http://h','capacity':3}").outcome())
        .isEqualTo("409 already-terminating");
    assertThat(send("", "DELETE /director/app/backends/b1?now=true").status()).isEqualTo(200);
    lease.close(Outcome.CLIENT_GONE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?dry-run=true"})
  void a_host_and_port_have_one_owner_in_a_dry_run_as_well(String query) {
    server.put("/director/shop?hostname=shop.example", "{}");
    Reply taken = send(query, "PUT /director/x?hostname=Shop.Example {}");
    assertThat(taken.outcome()).isEqualTo("409 name-taken");
    assertThat(taken.json().path("message").asText()).contains("director 'shop' answers");
    assertThat(
            send(query, "PUT /director/x?hostname=h {}", "PUT /director/y?hostname=h {}").outcome())
        .isEqualTo("409 name-taken");
    assertThat(send(query, "DELETE /director/shop", "PUT /director/x?hostname=shop.example {}"))
        .extracting(Reply::outcome)
        .as("all is applied at once, so nothing is free before")
        .isEqualTo("409 name-taken");
    assertThat(
            send(
                    query,
                    "PUT /director/x?hostname=h {}",
                    "DELETE /director/x",
                    "PUT /director/y?hostname=h {}")
                .status())
        .isEqualTo(200);
  }

  @Test
  void a_dry_run_tells_the_difference_and_changes_nothing() {
    String[] changes = {
      "POST /director/app {'queue-limit':9,'health-check':{'expect':[200]}}",
      "POST /director/app/buckets/main {'parent':'vip'}",
      "PUT /director/new {}",
      "DELETE /director/other"
    };
    Reply dry = send("?dry-run=true", changes);

    assertThat(dry.status()).isEqualTo(200);
    assertThat(dry.json().path("dry-run").asBoolean()).isTrue();
    assertThat(dry.json().at("/directors/app"))
        .hasToString(
            """
            {"result":"changed","changes":[
            {"field":"queue-limit","before":7,"after":9},
            {"field":"health-check.expect","before":[200,204],"after":[200]},
            {"field":"buckets.vip.buckets.main.parent","before":"root","after":"vip"}],
            "etag":"\\"1\\""}\
            """
                .replace("\n", ""));
    assertThat(dry.json().at("/directors/new").has("etag")).isFalse();
    assertThat(tag("app")).isEqualTo("\"1\"");
    assertThat(server.get("/director/new").status()).isEqualTo(404);
    assertThat(server.get("/director/other").status()).isEqualTo(200);

    Reply refused = send("?dry-run=true", "POST /director/app {'queue-limit':-1}");
    assertThat(refused.outcome()).isEqualTo("400 bad-value");
    assertThat(refused.json().path("details")).hasSize(1);
  }

  @Test
  void the_size_of_an_answer_has_an_end() {
    String keys =
        String.join(",", IntStream.range(0, 100).mapToObj(i -> "'k" + i + "':1").toList());
    String change = "POST /director/app {" + keys + "}";
    Reply reply = send("", Collections.nCopies(500, change).toArray(new String[0]));
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.json().path("details")).hasSize(1_000);
  }
}
