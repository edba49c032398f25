package dev.usher.it.retry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.usher.it.harness.Arrival;
import dev.usher.it.harness.Await;
import dev.usher.it.harness.GateBackend;
import dev.usher.it.harness.Stage;
import dev.usher.it.harness.TestDirector;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Backends that answer, but badly: taken out, tried again with one request. */
class OutlierIT {
  @RegisterExtension static final Stage STAGE = Stage.standard();

  private final GateBackend bad = STAGE.backend();
  private final GateBackend good = STAGE.backend().open();

  private TestDirector director(String outliers) {
    return STAGE
        .director()
        .set("'scheduler': 'round-robin', 'outliers': {'enabled': true, " + outliers + "}")
        .backend("bad", bad, 3)
        .backend("good", good, 3)
        .create();
  }

  private static JsonNode outlier(TestDirector app) {
    return app.backend("bad").at("/outlier");
  }

  private static void send(TestDirector app, int requests) {
    for (int i = 0; i < requests; i++) {
      app.send("x").read();
    }
  }

  @Test
  void whoAnswersWithErrorsIsTakenOutAndComesBackWithItsFirstGoodAnswer() {
    AtomicBoolean broken = new AtomicBoolean(true);
    bad.script(arrival -> arrival.answer(broken.get() ? 500 : 200, "answer"));
    TestDirector app = director("'consecutive-failures': 3, 'ejection-time': '200ms'");
    send(app, 6);
    assertThat(outlier(app).at("/ejections").asInt()).isEqualTo(1);
    assertThat(outlier(app).at("/cause").asText()).isEqualTo("failures in a row: 3");
    assertThat(bad.total()).isEqualTo(3);
    broken.set(false);
    Await.until(
        "it is in again",
        () -> {
          send(app, 1);
          return outlier(app).at("/state").asText().equals("in");
        });
    app.awaitCapacity(6);
    assertThat(app.health("bad")).isEqualTo("online");
  }

  @Test
  void whoIsMuchSlowerThanItsPeersIsTakenOut() {
    bad.script(
        arrival -> {
          Await.holds("it thinks", Duration.ofMillis(150), () -> true);
          arrival.answer();
        });
    TestDirector app =
        director("'latency-factor': 3, 'min-requests': 3, 'window': '1s', 'ejection-time': '1m'");
    Await.until(
        "it is out",
        () -> {
          send(app, 2);
          return outlier(app).at("/state").asText().equals("out");
        });
    assertThat(outlier(app).at("/cause").asText()).startsWith("answers after ");
    assertThat(outlier(app).at("/for-ms").asInt()).isBetween(1, 66_000);
    app.awaitCapacity(3);
    int before = bad.total();
    send(app, 10);
    assertThat(bad.total()).isEqualTo(before);
  }

  @Test
  void theLastCapacityStaysEvenIfAllAreBad() {
    bad.script(arrival -> arrival.answer(503, "bad"));
    good.script(arrival -> arrival.answer(503, "bad, too"));
    TestDirector app = director("'consecutive-failures': 2, 'ejection-time': '1m'");
    send(app, 20);
    app.awaitCapacity(3);
    assertThat(app.send("x").read().status()).isEqualTo(503);
    assertThat(bad.all().stream().map(Arrival::target)).isNotEmpty();
  }

  @Test
  void whatTheSidecarAnswersItselfIsNobodysFault() {
    TestDirector app =
        STAGE
            .director()
            .set("'queue-limit': 0, 'outliers': {'enabled': true, 'consecutive-failures': 1}")
            .backend("bad", bad, 1)
            .backend("good", good, 1)
            .create();
    app.postBackend("good", "{'enabled': false}");
    app.send("runs");
    Arrival running = bad.next();
    for (int i = 0; i < 5; i++) {
      assertThat(app.send("x").read().reason()).isEqualTo("queue-full");
    }
    running.answer();
    app.awaitRest();
    assertThat(outlier(app).at("/ejections").asInt()).isZero();
  }
}
