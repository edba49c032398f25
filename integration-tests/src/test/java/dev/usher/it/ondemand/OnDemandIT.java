package dev.usher.it.ondemand;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.usher.it.harness.AdminClient;
import dev.usher.it.harness.Answer;
import dev.usher.it.harness.Configs;
import dev.usher.it.harness.GateBackend;
import dev.usher.it.harness.Reply;
import dev.usher.it.harness.Stage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Without a template: what the API creates. */
class OnDemandIT {
  private static final String YAML =
      Configs.ports()
          + """
            trust-tags-from: [127.0.0.1/32]
            routes: [{on-demand: true}]
            """;

  @RegisterExtension static final Stage STAGE = Stage.with(YAML);

  private final AdminClient admin = STAGE.admin();
  private final GateBackend backend = STAGE.backend().open();

  @BeforeEach
  void removeWhatTestsCreate() {
    admin
        .read("/director/")
        .fieldNames()
        .forEachRemaining(name -> admin.delete("/director/" + name).expect(204));
  }

  private Reply put(String name, String parameters) {
    String body = "{'backends':{'b1':{'url':'" + backend.url() + "','capacity':5}}}";
    return admin.put("/director/" + name + "?" + parameters, body);
  }

  /** What comes back for a Host. */
  private static Answer request(String host) {
    return raw("GET /x HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
  }

  private static Answer raw(String head) {
    return STAGE.client().send(head).read();
  }

  /** The director that served a Host, else why none did; Undertow refuses an empty port itself. */
  private static String director(String host) {
    return outcome(request(host));
  }

  private static String outcome(Answer answer) {
    return answer.status() == 200
        ? answer.get("X-Director-Cluster")
        : (answer.status() + " " + answer.reason()).strip();
  }

  @ParameterizedTest(name = "{0} goes to {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          shop.example               | shop
          Shop.EXAMPLE               | shop
          shop.example:80            | shop
          shop.example:              | 400
          shop.example.              | shop
          shop.example:8080          | shop-8080
          SHOP.example.:8080         | shop-8080
          [2001:db8::1]              | six
          [2001:DB8:0:0:0:0:0:1]     | six
          [2001:0db8::0.0.0.1]:80    | six
          10.1.2.3                   | four
          shop.example:81            | 503 no-director
          example                    | 503 no-director
          www.shop.example           | 503 no-director
          [2001:db8::2]              | 503 no-director
          [2001:db8::1]:81           | 503 no-director
          10.1.2.4                   | 503 no-director
          shop..example              | 404 no-route
          """)
  void aRequestGoesToTheDirectorOfItsHostAndPort(String host, String director) {
    put("shop", "hostname=SHOP.example").expect(201);
    put("shop-8080", "hostname=shop.example&port=8080").expect(201);
    put("six", "hostname=%5B2001:db8:0::1%5D").expect(201);
    put("four", "hostname=10.1.2.3").expect(201);
    assertThat(director(host)).isEqualTo(director);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "GET http://shop.example/x HTTP/1.1\r\nHost: shop.example\r\n\r\n",
        "GET http://Shop.example:80/x HTTP/1.1\r\nHost: Shop.example:80\r\n\r\n",
        "GET http://shop.example?q HTTP/1.1\r\nHost: shop.example\r\n\r\n",
        "GET http://shop.example/x HTTP/1.0\r\n\r\n"
      })
  void theTargetsAuthorityCountsInAbsoluteForm(String head) {
    put("shop", "hostname=shop.example").expect(201);
    assertThat(outcome(raw(head))).isEqualTo("shop");
    assertThat(backend.all().get(0).target()).startsWith("/");
  }

  @Test
  void anAbsoluteTargetThatContradictsTheHostReachesNobody() {
    put("shop", "hostname=shop.example").expect(201);
    put("other", "hostname=other.example").expect(201);
    String head = "GET http://shop.example/ HTTP/1.1\r\nHost: other.example\r\n\r\n";
    assertThat(raw(head).status()).isEqualTo(400);
    assertThat(backend.total()).isZero();
  }

  @Test
  void theTagOfATrustedClientCounts() {
    put("shop", "hostname=shop.example").expect(201);
    admin.put("/director/shop/buckets/vip", "{'rate':'20%'}").expect(201);
    String head = "GET / HTTP/1.1\r\nHost: shop.example\r\nX-Director-Bucket: vip\r\n\r\n";
    assertThat(raw(head).get("X-Director-Bucket")).isEqualTo("vip");
    assertThat(STAGE.clientFrom(2).send(head).read().get("X-Director-Bucket")).isEqualTo("root");
    assertThat(backend.all().get(0).head().has("X-Director-Bucket")).isFalse();
  }

  @Test
  void aDirectorShowsItsHostAndPort() {
    Reply created = put("shop", "hostname=Shop.Example&port=81").expect(201);
    assertThat(created.header("Location")).isEqualTo("/director/shop");
    JsonNode shown = admin.read("/director/shop");
    assertThat(shown.at("/hostname").asText()).isEqualTo("shop.example");
    assertThat(shown.at("/port").asInt()).isEqualTo(81);
    assertThat(admin.read("/director/").at("/shop/port").asInt()).isEqualTo(81);
  }

  @Test
  void hostAndPortMayComeInTheBody() {
    admin.put("/director/json", "{'hostname':'a.example','port':81}").expect(201);
    assertThat(admin.read("/director/json").at("/port").asInt()).isEqualTo(81);
    admin.form("PUT", "/director/form", "hostname=b.example&port=82&queue-limit=3").expect(201);
    assertThat(admin.read("/director/form").at("/hostname").asText()).isEqualTo("b.example");
    assertThat(admin.read("/director/form").at("/queue-limit").asInt()).isEqualTo(3);
  }

  @Test
  void hostAndPortHaveOneOwner() {
    put("shop", "hostname=shop.example").expect(201);
    put("shop", "hostname=SHOP.example.&port=80").expect(200);
    Reply taken = put("other", "hostname=shop.example").expect(409);
    assertThat(taken.json().at("/error").asText()).isEqualTo("name-taken");
    assertThat(taken.json().at("/message").asText()).contains("'shop'");
    put("shop", "hostname=other.example").expect(409);
    admin.put("/director/plain", "{}").expect(201);
    put("plain", "hostname=plain.example").expect(409);
    assertThat(director("shop.example")).isEqualTo("shop");
  }

  @Test
  void readEditPutBackLeavesHostAndPort() {
    put("shop", "hostname=shop.example").expect(201);
    String config = admin.get("/director/shop/config").expect(200).body();
    String edited = config.replace("\"queue-limit\":1000", "\"queue-limit\":5");
    admin.put("/director/shop", edited).expect(200);
    assertThat(admin.read("/director/shop").at("/queue-limit").asInt()).isEqualTo(5);
    assertThat(director("shop.example")).isEqualTo("shop");
    Reply post = admin.post("/director/shop", "{'hostname':'other.example'}").expect(422);
    assertThat(post.json().at("/field").asText()).isEqualTo("hostname");
  }

  @Test
  void aRemovedDirectorAnswersNoMore() {
    put("shop", "hostname=shop.example").expect(201);
    assertThat(director("shop.example")).isEqualTo("shop");
    admin.delete("/director/shop").expect(204);
    assertThat(director("shop.example")).isEqualTo("503 no-director");
    put("next", "hostname=shop.example").expect(201);
    assertThat(director("shop.example")).isEqualTo("next");
  }

  @Test
  void preconditionsCount() {
    String path = "/director/shop?hostname=shop.example";
    admin.call("PUT", path, "", "If-Match", "*").expect(412);
    String tag = admin.call("PUT", path, "", "If-None-Match", "*").expect(201).etag();
    admin.call("PUT", path, "", "If-None-Match", "*").expect(412);
    admin.call("PUT", path, "{\"queue-limit\":1}", "If-Match", tag).expect(200);
    admin.call("PUT", path, "{\"queue-limit\":2}", "If-Match", tag).expect(412);
  }
}
