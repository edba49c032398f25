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
import org.junit.jupiter.params.provider.ValueSource;

/** Every refusal names its field, and leaves everything as it was. */
class BadInputIT {
  private static final String APP = "/director/app";

  @RegisterExtension static final Stage STAGE = Stage.standard();

  private final AdminClient admin = STAGE.admin();
  private JsonNode before = json("{}");
  private String etag = "";

  private static JsonNode json(String singleQuoted) {
    return new Reply(
            0,
            java.net.http.HttpHeaders.of(java.util.Map.of(), (a, b) -> true),
            AdminClient.json(singleQuoted))
        .json();
  }

  @BeforeEach
  void freshDirector() {
    admin.put(APP, DirectorsApiIT.FULL);
    before = admin.read(APP + "/config");
    etag = admin.get(APP).etag();
  }

  private void assertRefused(Reply reply, int status, String field) {
    assertThat(reply.status()).as(reply.toString()).isEqualTo(status);
    JsonNode error = reply.json();
    assertThat(error.at("/error").asText()).isNotEmpty();
    assertThat(error.at("/message").asText()).isNotEmpty();
    assertThat(error.at("/field").asText()).isEqualTo(field);
    assertThat(error.at("/message").asText()).contains(field);
    assertNothingChanged();
  }

  private void assertNothingChanged() {
    assertThat(admin.read(APP + "/config")).isEqualTo(before);
    assertThat(admin.get(APP).etag()).isEqualTo(etag);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          enabled                | 'maybe'
          enabled                | 1
          scheduler              | 'random'
          scheduler              | 7
          queue-limit            | -1
          queue-limit            | 1000001
          queue-limit            | 1.5
          queue-limit            | 'many'
          queue-limit            | 99999999999999999999
          queue-limit            | [5]
          queue-timeout          | '10'
          queue-timeout          | 10
          queue-timeout          | '-1s'
          queue-timeout          | '10 parsecs'
          retry-after            | '1x'
          max-retry-count        | 101
          enqueue-on-unavailable | 'yes, please'
          on-client-abort        | 'shout'
          connect-timeout        | '0s'
          read-timeout           | '0ms'
          write-timeout          | {}
          response-tags          | 'x'
          health-check           | 5
          backends               | 'b1'
          buckets                | 3
          nonsense               | 1
          """)
  void aBadValueOfADirectorIs400(String field, String value) {
    String body = "{'retry-after':'9s','%s':%s,'max-retry-count':9}".formatted(field, value);
    if (field.equals("retry-after") || field.equals("max-retry-count")) {
      body = "{'queue-limit':9,'%s':%s}".formatted(field, value);
    }
    assertRefused(admin.post(APP, body), 400, field);
    assertRefused(admin.put(APP, body), 400, field);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          health-check.interval          | {'health-check':{'interval':'1'}}
          health-check.success-threshold | {'health-check':{'success-threshold':0}}
          health-check.path              | {'health-check':{'path':'nowhere'}}
          health-check.mode              | {'health-check':{'mode':'crazy'}}
          health-check.nonsense          | {'health-check':{'nonsense':1}}
          backends.x.capacity            | {'backends':{'x':{'url':'http://h','capacity':0}}}
          backends.x.url                 | {'backends':{'x':{'capacity':1}}}
          backends.x.url                 | {'backends':{'x':{'url':'ftp://h','capacity':1}}}
          backends.x.role                | {'backends':{'x':{'url':'http://h','capacity':1,'role':'boss'}}}
          buckets.x.rate                 | {'buckets':{'x':{'rate':'101%'}}}
          buckets.x.buckets.y.ceil       | {'buckets':{'x':{'buckets':{'y':{'ceil':'much'}}}}}
          """)
  void aBadValueFurtherDownIsNamedWithItsPath(String field, String body) {
    assertRefused(admin.put(APP, body), 400, field);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          url      | url=ftp://h
          url      | url=http://h/path
          url      | url=http://u@h
          url      | url=http://h:99999
          url      | url=http://
          capacity | capacity=0
          capacity | capacity=-3
          capacity | capacity=lots
          capacity | capacity=1000001
          role     | role=boss
          enabled  | enabled=perhaps
          nonsense | nonsense=1
          """)
  void aBadValueOfABackendIs400(String field, String form) {
    String backend = APP + "/backends/b1";
    assertRefused(admin.form("POST", backend, "capacity=9&" + form), 400, field);
    assertRefused(admin.form("POST", backend, form + "&capacity=9"), 400, field);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          rate     | 'ten'
          rate     | '10'
          rate     | '-1%'
          rate     | '100.1%'
          rate     | '1.0000001%'
          rate     | '2000000t'
          ceil     | '1.5t'
          ceil     | 30
          priority | 8
          priority | -1
          weight   | -1
          lend     | '5t'
          lend     | '200%'
          cost     | 0
          cost     | 1001
          nonsense | true
          """)
  void aBadValueOfABucketIs400(String field, String value) {
    String bucket = APP + "/buckets/vip";
    assertRefused(admin.post(bucket, "{'%s':%s}".formatted(field, value)), 400, field);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "[]",
        "5",
        "null",
        "{'queue-limit':5,}",
        "{'queue-limit':5}{'queue-limit':6}",
        "{'queue-limit':5} trailing",
        "{'queue-limit':5,'queue-limit':6}",
        "{'backends':{'b':{'url':'http://h','capacity':1},'b':{'url':'http://h','capacity':2}}}",
        "{queue-limit:5}",
        "{'queue-limit':NaN}",
        "<queue-limit>5</queue-limit>"
      })
  void whatIsNoJsonObjectIs400(String body) {
    for (Reply reply : new Reply[] {admin.put(APP, body), admin.post(APP, body)}) {
      reply.expect(400);
      assertThat(reply.json().at("/error").asText()).isNotEmpty();
      assertThat(reply.json().at("/message").asText()).isNotEmpty();
    }
    assertNothingChanged();
  }

  @Test
  void jsonNestedTooDeepIs400() {
    admin.put(APP, "{'a':".repeat(20_000) + "1" + "}".repeat(20_000)).expect(400);
    assertNothingChanged();
  }

  @Test
  void aBodyOfAnotherTypeIsRefused() {
    Reply reply = admin.call("POST", APP, "queue-limit: 5", "Content-Type", "text/yaml");
    assertThat(reply.status()).isIn(400, 415);
    assertNothingChanged();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'buckets':{'a':{'rate':'60%'},'b':{'rate':'40.000001%'}}}",
        "{'buckets':{'a':{'buckets':{'b':{'rate':'60%'},'c':{'rate':'60%'}}}}}",
        "{'buckets':{'a':{'buckets':{'a':{'rate':'60%'}}}}}"
      })
  void whatIsImpossibleTogetherIs422(String body) {
    Reply reply = admin.put(APP, body).expect(422);
    assertThat(reply.json().at("/field").asText()).startsWith("buckets");
    assertNothingChanged();
  }

  @Test
  void aBucketWhoseRateDoesNotFitInIs422() {
    Reply put = admin.put(APP + "/buckets/more", "{'rate':'90%'}").expect(422);
    assertThat(put.json().at("/field").asText()).contains("rate");
    Reply post = admin.post(APP + "/buckets/vip", "{'rate':'100%'}");
    assertThat(post.status()).as("main's rate is in tokens").isEqualTo(200);
    admin.put(APP + "/buckets/more", "{'rate':'1%'}").expect(422);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a%20b", "%00", "a%2Fb", "%C3%A4", "root"})
  void aBucketOfABadNameIsRefused(String name) {
    Reply reply = admin.put(APP + "/buckets/" + name, "{}");
    assertThat(reply.status()).isIn(400, 403, 404, 409, 422);
    assertNothingChanged();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a%20b", "%00", "a%2Fb", "%C3%A4"})
  void aDirectorOrBackendOfABadNameIsRefused(String name) {
    assertThat(admin.put("/director/" + name, "{}").status()).isIn(400, 404);
    assertThat(admin.put(APP + "/backends/" + name, "{'url':'http://h','capacity':1}").status())
        .isIn(400, 404);
    assertNothingChanged();
  }
}
