package dev.usher.it.classify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.it.harness.Answer;
import dev.usher.it.harness.Arrival;
import dev.usher.it.harness.Configs;
import dev.usher.it.harness.GateBackend;
import dev.usher.it.harness.RawClient;
import dev.usher.it.harness.Stage;
import dev.usher.it.harness.TestDirector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoutesIT {
  /** Tags count from 127.0.0.1 and from 127.0.0.16 to .31 only. */
  private static final String YAML =
      Configs.pool(
          "127.0.0.1/32, 127.0.0.16/28",
          """
            - {when: "path-prefix('/upload')", director: app, bucket: upload}
            - {when: "method(DELETE)", director: app, bucket: vip}
            - {when: "regex('/v[0-9]+/.*') and contains(value='%{i,Accept}', search='json')", director: app, bucket: main}
            - {when: "path-prefix('/missing')", director: missing}
            - {when: "path-prefix('/none')", director: app, bucket: none}
            - {when: "path-prefix('/app')", director: app}
          """,
          """
            missing: {}
            app: {buckets: {vip: {}, upload: {}, main: {}, none: {}}}
          """);

  @RegisterExtension static final Stage STAGE = Stage.with(YAML);

  private static TestDirector fresh(GateBackend backend) {
    STAGE.admin().delete("/director/missing");
    STAGE.admin().delete("/director/app");
    STAGE.admin().put("/director/app", "{}").expect(201);
    return STAGE
        .directorNamed("app")
        .backend("b1", backend, 20)
        .buckets("'vip':{'rate':'10%'},'upload':{'rate':'10%'},'main':{'rate':'10%'}")
        .create();
  }

  private final GateBackend backend = STAGE.backend().open();
  private final TestDirector app = fresh(backend);

  @ParameterizedTest(name = "{0} {1} goes to {3}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          GET    | /app/x     | Accept: text/html        | root
          GET    | /app       | Accept: text/html        | root
          GET    | /upload/x  | Accept: text/html        | upload
          DELETE | /upload/x  | Accept: text/html        | upload
          DELETE | /any/x     | Accept: text/html        | vip
          GET    | /v12/x     | Accept: application/json | main
          GET    | /upload/x  | X-Director-Bucket: vip   | upload
          GET    | /app/x     | X-Director-Bucket: vip   | vip
          """)
  void theFirstRouteThatMatchesWins(String method, String target, String field, String bucket) {
    Answer answer = STAGE.client().head(method, target, field).read();
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.get("X-Director-Bucket")).isEqualTo(bucket);
    app.awaitRest();
    assertThat(app.bucket(bucket).at("/stats/granted").asInt()).isEqualTo(1);
  }

  @Test
  void aRequestThatNoRouteMatchesIs404() {
    Answer answer = STAGE.client().get("/nowhere").read();
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.reason()).isEqualTo("no-route");
    assertThat(answer.get("Retry-After")).isEmpty();
    assertThat(backend.total()).isZero();
  }

  @Test
  void aRouteToADirectorThatIsNotThereIs503() {
    Answer answer = STAGE.client().get("/missing/x").read();
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.reason()).isEqualTo("no-director");
    assertThat(answer.get("Retry-After")).matches("\\d+");
  }

  @Test
  void aRouteStartsToWorkWhenItsDirectorIsCreated() {
    STAGE
        .admin()
        .put(
            "/director/missing", "{'backends':{'b':{'url':'" + backend.url() + "','capacity':1}}}");
    assertThat(STAGE.client().get("/missing/x").read().status()).isEqualTo(200);
    STAGE.admin().delete("/director/missing").expect(204);
    assertThat(STAGE.client().get("/missing/x").read().reason()).isEqualTo("no-director");
  }

  @ParameterizedTest(name = "from 127.0.0.{0} a tag leads to {1}")
  @CsvSource({"1, vip", "2, root", "15, root", "16, vip", "31, vip", "32, root"})
  void tagsCountOnlyFromTrustedAddresses(int lastOctet, String bucket) {
    RawClient client = STAGE.clientFrom(lastOctet).get(app.path("x"), "X-Director-Bucket: vip");
    assertThat(client.read().get("X-Director-Bucket")).isEqualTo(bucket);
    assertThat(backend.all().get(0).head().has("X-Director-Bucket")).isFalse();
    assertThat(unknownBuckets()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"nonesuch", "'a b'", "VIP", "../vip", "vip;q=1"})
  void anUnknownTagIsTheRootAndCounted(String tag) {
    Answer answer = app.sendTagged(tag, "x").read();
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.get("X-Director-Bucket")).isEqualTo("root");
    assertThat(unknownBuckets()).isEqualTo(1);
  }

  @Test
  void aRoutesUnknownBucketIsTheRootAndCounted() {
    assertThat(STAGE.client().get("/none/x").read().get("X-Director-Bucket")).isEqualTo("root");
    assertThat(unknownBuckets()).isEqualTo(1);
  }

  private long unknownBuckets() {
    return app.view().findValue("unknown-bucket").asLong();
  }

  @Test
  void theTagReachesTheBackendWhenAskedFor() {
    app.post("{'forward-tag': true}").expect(200);
    assertThat(app.sendTagged("vip", "x").read().status()).isEqualTo(200);
    Arrival arrival = backend.all().get(0);
    assertThat(arrival.head().all("X-Director-Bucket")).containsExactly("vip");
  }
}
