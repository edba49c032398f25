package dev.usher.it.balance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.it.harness.Answer;
import dev.usher.it.harness.Await;
import dev.usher.it.harness.GateBackend;
import dev.usher.it.harness.RawClient;
import dev.usher.it.harness.Stage;
import dev.usher.it.harness.TestDirector;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SchedulersIT {
  @RegisterExtension static final Stage STAGE = Stage.standard();

  private final GateBackend b1 = STAGE.backend();
  private final GateBackend b2 = STAGE.backend();
  private final GateBackend b3 = STAGE.backend();

  private TestDirector director(String scheduler, int c1, int c2, int c3) {
    return STAGE
        .director()
        .set("'scheduler':'" + scheduler + "'")
        .backend("b1", b1, c1)
        .backend("b2", b2, c2)
        .backend("b3", b3, c3)
        .create();
  }

  private static String serveInTurn(TestDirector app, int requests) {
    List<String> order = new ArrayList<>();
    for (int i = 0; i < requests; i++) {
      Answer answer = app.send("r" + i).read();
      assertThat(answer.status()).isEqualTo(200);
      order.add(answer.get("X-Director-Backend"));
    }
    return String.join(" ", order);
  }

  @Test
  void roundRobinGoesRound() {
    TestDirector app = director("round-robin", 5, 5, 5);
    openAll();
    assertThat(serveInTurn(app, 7)).isIn(rotations(7, "b1", "b2", "b3"));
  }

  @Test
  void roundRobinGoesRoundThoseThatAreUp() {
    TestDirector app = director("round-robin", 5, 5, 5);
    openAll();
    STAGE.admin().lock(app.api() + "/backends/b2").expect(204);
    assertThat(serveInTurn(app, 6)).isIn(rotations(6, "b1", "b3"));
    assertThat(b2.total()).isZero();
  }

  @Test
  void roundRobinGoesRoundThoseThatHaveRoom() {
    TestDirector app = director("round-robin", 5, 1, 5);
    b1.open();
    b3.open();
    List<String> first = List.of(serveOrHold(app), serveOrHold(app), serveOrHold(app));
    assertThat(first).containsExactlyInAnyOrder("b1", "held", "b3");
    assertThat(b2.inFlightCount()).isEqualTo(1);
    assertThat(serveInTurn(app, 6)).isIn(rotations(6, "b1", "b3"));
    assertThat(b2.total()).isEqualTo(1);
  }

  private String serveOrHold(TestDirector app) {
    int before = b2.inFlightCount();
    RawClient client = app.send("x");
    Await.until("served or held", () -> client.hasAnswer() || b2.inFlightCount() > before);
    return client.hasAnswer() ? client.read().get("X-Director-Backend") : "held";
  }

  @Test
  void chanceUsesEveryBackend() {
    TestDirector app = director("chance", 5, 5, 5);
    openAll();
    Map<String, Integer> counts = new TreeMap<>();
    for (String backend : serveInTurn(app, 90).split(" ", -1)) {
      counts.merge(backend, 1, Integer::sum);
    }
    assertThat(counts.keySet()).containsExactly("b1", "b2", "b3");
    assertThat(counts.values()).allMatch(count -> count >= 10);
  }

  @Test
  void leastLoadFillsInProportionToCapacity() {
    TestDirector app = director("least-load", 12, 6, 2);
    for (int i = 1; i <= 20; i++) {
      app.enter("root", "r" + i);
      if (i % 10 == 0) {
        app.awaitLoad(i);
        Await.until("all have arrived", () -> loads() == app.load());
        assertThat(List.of(b1.inFlightCount(), b2.inFlightCount(), b3.inFlightCount()))
            .containsExactly(i * 12 / 20, i * 6 / 20, i * 2 / 20);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"round-robin", "chance", "least-load"})
  void noSchedulerOverfillsABackend(String scheduler) {
    TestDirector app = director(scheduler, 1, 2, 3);
    List<RawClient> clients = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      clients.add(app.send("r" + i));
    }
    app.awaitQueued(24);
    Await.until("all have arrived", () -> loads() == 6);
    openAll();
    clients.forEach(client -> assertThat(client.read().status()).isEqualTo(200));
    assertThat(List.of(b1.maxInFlight(), b2.maxInFlight(), b3.maxInFlight()))
        .containsExactly(1, 2, 3);
    app.awaitRest();
  }

  @Test
  void changesTheSchedulerWithRequestsInFlightAndWaiting() {
    TestDirector app = director("round-robin", 2, 2, 2);
    List<RawClient> clients = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      clients.add(app.send("r" + i));
    }
    app.awaitQueued(6);
    for (String scheduler : List.of("chance", "least-load", "round-robin")) {
      app.post("{'scheduler':'" + scheduler + "'}").expect(200);
      assertThat(app.config().at("/scheduler").asText()).isEqualTo(scheduler);
      assertThat(app.load()).isEqualTo(6);
      assertThat(app.queued()).isEqualTo(6);
    }
    app.post("{'scheduler':'least-load'}").expect(200);
    openAll();
    clients.forEach(client -> assertThat(client.read().status()).isEqualTo(200));
    app.awaitRest();
  }

  private void openAll() {
    b1.open();
    b2.open();
    b3.open();
  }

  private int loads() {
    return b1.inFlightCount() + b2.inFlightCount() + b3.inFlightCount();
  }

  /** The sequences of that length that go round the names, from any start. */
  private static List<String> rotations(int length, String... names) {
    List<String> all = new ArrayList<>();
    for (int start = 0; start < names.length; start++) {
      List<String> one = new ArrayList<>();
      for (int i = 0; i < length; i++) {
        one.add(names[(start + i) % names.length]);
      }
      all.add(String.join(" ", one));
    }
    return all;
  }
}
