package dev.usher.it.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.usher.it.harness.AdminClient;
import dev.usher.it.harness.Reply;
import dev.usher.it.harness.Stage;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionalIT {
  private static final String APP = "/director/app";

  @RegisterExtension static final Stage STAGE = Stage.standard();

  private final AdminClient admin = STAGE.admin();

  @BeforeEach
  void freshDirector() {
    admin.delete(APP);
    admin.put(APP, DirectorsApiIT.FULL).expect(201);
  }

  private Reply conditional(String verb, String path, String body, String etag) {
    return admin.call(
        verb, path, AdminClient.json(body), "If-Match", etag, "Content-Type", "application/json");
  }

  @ParameterizedTest
  @ValueSource(strings = {APP, APP + "/config", APP + "/backends/b1", APP + "/buckets/vip"})
  void everyObjectHasAnETagThatChangesWithIt(String path) {
    String before = admin.get(path).etag();
    assertThat(before).matches("(W/)?\"[^\"]+\"");
    assertThat(admin.get(path).etag()).isEqualTo(before);
    admin.post(APP, "{'queue-limit':3}").expect(200);
    admin.post(APP + "/backends/b1", "{'capacity':3}").expect(200);
    admin.post(APP + "/buckets/vip", "{'priority':3}").expect(200);
    assertThat(admin.get(path).etag()).isNotEqualTo(before);
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          POST   | /director/app             | {'queue-limit':3}
          PUT    | /director/app             | {'queue-limit':3}
          DELETE | /director/app             | {}
          LOCK   | /director/app             | {}
          POST   | /director/app/backends/b1 | {'capacity':3}
          PUT    | /director/app/backends/b1 | {'url':'http://h','capacity':3}
          DELETE | /director/app/backends/b1 | {}
          LOCK   | /director/app/backends/b1 | {}
          POST   | /director/app/buckets/vip | {'priority':3}
          PUT    | /director/app/buckets/vip | {'rate':'1%'}
          DELETE | /director/app/buckets/vip | {}
          """)
  void aChangeWithAnOldETagIs412AndWithTheRightOneApplied(String verb, String path, String body) {
    String text = body.equals("{}") ? "" : body;
    String old = admin.get(path).etag();
    admin.post(APP, "{'queue-limit':5}").expect(200);
    admin.post(APP + "/backends/b1", "{'capacity':5}").expect(200);
    admin.post(APP + "/buckets/vip", "{'priority':5}").expect(200);
    JsonNode before = admin.read(APP + "/config");
    Reply lost = conditional(verb, path, text, old).expect(412);
    assertThat(lost.json().at("/error").asText()).isNotEmpty();
    assertThat(admin.read(APP + "/config")).isEqualTo(before);
    conditional(verb, path, text, "\"nonsense\"").expect(412);
    Reply won = conditional(verb, path, text, admin.get(path).etag());
    assertThat(won.status()).as(won.toString()).isBetween(200, 204);
  }

  @Test
  void anyETagWillDoWhenAskedForAny() {
    conditional("POST", APP, "{'queue-limit':3}", "*").expect(200);
    conditional("POST", APP, "{'queue-limit':3}", "\"x\", " + admin.get(APP).etag()).expect(200);
  }

  @Test
  void whatIsNotThereMatchesNoETag() {
    conditional("PUT", "/director/absent", "{}", "*").expect(412);
    admin.get("/director/absent").expect(404);
  }

  @Test
  void theAnswerToAChangeCarriesTheETagForTheNext() {
    String etag = admin.get(APP).etag();
    for (int i = 1; i <= 3; i++) {
      Reply reply = conditional("POST", APP, "{'queue-limit':" + i + "}", etag).expect(200);
      etag = reply.etag();
      assertThat(admin.get(APP).etag()).isEqualTo(etag);
    }
  }

  @Test
  void ofManyWhoReadTheSameStateOneWins() {
    String etag = admin.get(APP).etag();
    List<Integer> statuses =
        IntStream.range(0, 16)
            .parallel()
            .mapToObj(i -> conditional("POST", APP, "{'queue-limit':" + i + "}", etag).status())
            .sorted()
            .toList();
    assertThat(statuses.subList(1, 16)).containsOnly(412);
    assertThat(statuses.get(0)).isEqualTo(200);
  }

  @Test
  void changesOfManyAtOnceAreNotLost() {
    IntStream.range(0, 24)
        .parallel()
        .forEach(
            i ->
                admin
                    .put(APP + "/backends/n" + i, "{'url':'http://127.0.0.1:9','capacity':1}")
                    .expect(201));
    assertThat(admin.read(APP + "/config").at("/backends")).hasSize(26);
    assertThat(admin.read(APP).at("/capacity").asInt()).isEqualTo(30);
  }
}
