package dev.usher.it.ondemand;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.usher.it.harness.AdminClient;
import dev.usher.it.harness.Answer;
import dev.usher.it.harness.Arrival;
import dev.usher.it.harness.Await;
import dev.usher.it.harness.Configs;
import dev.usher.it.harness.GateBackend;
import dev.usher.it.harness.RawClient;
import dev.usher.it.harness.Stage;
import dev.usher.it.harness.UsherProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** With a template: what the first request makes. The port of a Host is that of the backend. */
class TemplateIT {
  private static final int LIMIT = 3;
  private static final String YAML =
      Configs.ports()
          + """
            routes: [{on-demand: true}]
            on-demand:
              limit: 3
              idle: 1s
              template:
                retry-after: 7s
                backends: {own: {url: "http://127.0.0.1:{port}", capacity: 2}}
                buckets: {vip: {rate: 50%}}
            """;

  /** Several IO threads, on whatever machine. */
  @RegisterExtension static final Stage STAGE = Stage.with(YAML).jvm("-XX:ActiveProcessorCount=8");

  private final AdminClient admin = STAGE.admin();
  private final GateBackend backend = STAGE.backend();

  @BeforeEach
  void removeWhatIsThere() {
    admin
        .read("/director/")
        .fieldNames()
        .forEachRemaining(name -> admin.delete("/director/" + name));
    assertThat(admin.read("/on-demand").at("/directors").asInt()).isZero();
  }

  private String name(String host) {
    return host + "-" + backend.port();
  }

  private String head(String host, String... fields) {
    String lines = fields.length == 0 ? "" : String.join("\r\n", fields) + "\r\n";
    return "GET /x HTTP/1.1\r\nHost: %s:%d\r\n%s\r\n".formatted(host, backend.port(), lines);
  }

  private RawClient send(String host, String... fields) {
    return STAGE.client().send(head(host, fields));
  }

  private boolean isThere(String host) {
    return admin.get("/director/" + name(host)).status() == 200;
  }

  private void awaitGone(String host) {
    Await.until(host + " has gone", () -> !isThere(host));
  }

  private long counted(String what) {
    return admin.read("/on-demand").at("/" + what).asLong();
  }

  @Test
  void theFirstRequestMakesADirectorAndIsServedByIt() {
    backend.open();
    Answer answer = send("Shop.Example", "X-Director-Bucket: vip").read();
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.get("X-Director-Cluster")).isEqualTo(name("shop.example"));
    assertThat(answer.get("X-Director-Bucket")).isEqualTo("vip");
    JsonNode made = admin.read("/director/" + name("shop.example"));
    assertThat(made.at("/hostname").asText()).isEqualTo("shop.example");
    assertThat(made.at("/port").asInt()).isEqualTo(backend.port());
    assertThat(made.at("/templated").asBoolean()).isTrue();
    assertThat(made.at("/backends/0/url").asText()).isEqualTo(backend.url());
    assertThat(made.at("/stats/load/total").asInt()).isEqualTo(1);
  }

  @Test
  void beyondTheLimitRequestsAreRefusedAndCounted() {
    List<RawClient> clients = new ArrayList<>();
    for (int i = 0; i < LIMIT; i++) {
      clients.add(send("h" + i));
      backend.next();
    }
    long refused = counted("refused");
    Answer answer = send("h" + LIMIT).read();
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.reason()).isEqualTo("on-demand-limit");
    assertThat(answer.get("Retry-After")).isEqualTo("7");
    assertThat(counted("refused")).isEqualTo(refused + 1);
    assertThat(counted("directors")).isEqualTo(LIMIT);
    backend.open();
    clients.forEach(client -> assertThat(client.read().status()).isEqualTo(200));
    Await.until("one has gone", () -> counted("directors") < LIMIT);
    assertThat(send("h" + LIMIT).read().status()).isEqualTo(200);
  }

  @Test
  void anIdleOneGoesAndComesBackWithTheNextRequest() {
    backend.open();
    long letGo = counted("let-go");
    assertThat(send("a").read().status()).isEqualTo(200);
    awaitGone("a");
    assertThat(counted("let-go")).isEqualTo(letGo + 1);
    assertThat(send("a").read().get("X-Director-Cluster")).isEqualTo(name("a"));
  }

  @Test
  void oneWithARequestInFlightOrWaitingStays() {
    List<RawClient> clients = List.of(send("a"), send("a"), send("a"));
    Await.until(
        "one waits",
        () -> admin.get("/director/" + name("a")).json().at("/stats/queued/current").asInt() == 1);
    Await.holds("it stays", Duration.ofSeconds(2), () -> isThere("a"));
    for (int i = 0; i < clients.size(); i++) {
      Arrival arrival = backend.next();
      arrival.answer();
    }
    clients.forEach(client -> assertThat(client.read().status()).isEqualTo(200));
    awaitGone("a");
  }

  @Test
  void oneThatSomebodyHasChangedStays() {
    backend.open();
    assertThat(send("a").read().status()).isEqualTo(200);
    admin.post("/director/" + name("a"), "{'queue-limit':5}").expect(200);
    assertThat(admin.read("/director/" + name("a")).at("/templated").asBoolean()).isFalse();
    assertThat(counted("directors")).isZero();
    Await.holds("it stays", Duration.ofSeconds(2), () -> isThere("a"));
  }

  @Test
  void aDirectorOfTheApiComesBeforeTheTemplate() {
    backend.open();
    String body = "{'backends':{'b':{'url':'" + backend.url() + "','capacity':1}}}";
    admin.put("/director/mine?hostname=a&port=" + backend.port(), body).expect(201);
    assertThat(send("A").read().get("X-Director-Cluster")).isEqualTo("mine");
    assertThat(counted("directors")).isZero();
    admin.delete("/director/mine").expect(204);
    assertThat(send("a").read().get("X-Director-Cluster")).isEqualTo(name("a"));
    admin.put("/director/mine?hostname=a&port=" + backend.port(), body).expect(409);
  }

  @Test
  void concurrentFirstRequestsMakeOneDirector() throws Exception {
    backend.open();
    int clients = 16;
    ExecutorService threads = Executors.newFixedThreadPool(clients);
    try {
      for (int round = 0; round < 20; round++) {
        long made = counted("made");
        String host = "round" + round;
        CyclicBarrier together = new CyclicBarrier(clients);
        List<Future<String>> answers = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
          RawClient client = STAGE.client();
          answers.add(
              threads.submit(
                  () -> {
                    together.await();
                    Answer answer = client.send(head(host)).read();
                    return answer.status() + " " + answer.get("X-Director-Cluster");
                  }));
        }
        for (Future<String> answer : answers) {
          assertThat(answer.get()).isEqualTo("200 " + name(host));
        }
        assertThat(counted("made")).isEqualTo(made + 1);
        admin.delete("/director/" + name(host));
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void whatComesThroughTheSidecarIsNotLetIntoItsAdminApi() {
    String yaml =
        Configs.ports()
            + "on-demand: {template: {backends: {own: {url: 'http://{host}:{port}', capacity: 1}}}}";
    try (UsherProcess open = UsherProcess.start(yaml);
        RawClient client = open.connect()) {
      String admins = "127.0.0.1:" + open.adminPort();
      String nominated = "Connection: via, forwarded, x-forwarded-for\r\n";
      Answer answer =
          client
              .send("GET /director/ HTTP/1.1\r\nHost: " + admins + "\r\n" + nominated + "\r\n")
              .read();
      assertThat(answer.status()).isEqualTo(403);
      assertThat(answer.text()).contains("\"field\":\"Via\"");
    }
  }
}
